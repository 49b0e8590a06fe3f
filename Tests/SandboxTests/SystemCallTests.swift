internal import Confinement
internal import Glibc
internal import Sandbox
internal import Testing

@Suite struct SystemCallTests {
  struct Call: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: String
    let errno: Int32
    var testDescription: String { name }
  }

  #if arch(x86_64)
    static let calls = [
      Call(name: "io_uring_setup", arguments: "425, 8, 0", errno: ENOSYS),
      Call(name: "io_uring_enter", arguments: "426, 0, 0, 0, 0, 0", errno: ENOSYS),
      Call(name: "io_uring_register", arguments: "427, 0, 0, 0, 0", errno: ENOSYS),
      Call(name: "getpid of x32", arguments: "0x40000000 + 39", errno: ENOSYS),
      Call(name: "a call newer than this release", arguments: "471", errno: ENOSYS),
      Call(name: "socket AF_PACKET", arguments: "41, 17, 3, 0", errno: EAFNOSUPPORT),
      Call(name: "socket AF_VSOCK", arguments: "41, 40, 1, 0", errno: EAFNOSUPPORT),
      Call(name: "socket AF_ALG", arguments: "41, 38, 5, 0", errno: EAFNOSUPPORT),
      Call(name: "socket AF_XDP", arguments: "41, 44, 3, 0", errno: EAFNOSUPPORT),
      Call(name: "socket AF_BLUETOOTH", arguments: "41, 31, 3, 0", errno: EAFNOSUPPORT),
      Call(name: "socket NETLINK_NETFILTER", arguments: "41, 16, 3, 12", errno: EAFNOSUPPORT),
      Call(name: "socket raw", arguments: "41, 2, 3, 1", errno: EPERM),
      Call(name: "bpf", arguments: "321, 0, 0, 0", errno: EPERM),
      Call(name: "perf_event_open", arguments: "298, 0, 0, 0, 0, 0", errno: EPERM),
      Call(name: "userfaultfd", arguments: "323, 0", errno: EPERM),
      Call(name: "keyctl", arguments: "250, 0, -3, 0", errno: EPERM),
      Call(name: "add_key", arguments: "248, 0, 0, 0, 0, 0", errno: EPERM),
      Call(name: "request_key", arguments: "249, 0, 0, 0, 0", errno: EPERM),
      Call(name: "kexec_load", arguments: "246, 0, 0, 0, 0", errno: EPERM),
      Call(name: "init_module", arguments: "175, 0, 0, 0", errno: EPERM),
      Call(name: "finit_module", arguments: "313, 0, 0, 0", errno: EPERM),
      Call(name: "ptrace", arguments: "101, 0, 0, 0, 0", errno: EPERM),
      Call(name: "process_vm_readv", arguments: "310, 1, 0, 0, 0, 0, 0", errno: EPERM),
      Call(name: "process_vm_writev", arguments: "311, 1, 0, 0, 0, 0, 0", errno: EPERM),
      Call(name: "pidfd_getfd", arguments: "438, 0, 0, 0", errno: EPERM),
      Call(name: "open_by_handle_at", arguments: "304, 0, 0, 0", errno: EPERM),
      Call(name: "setns", arguments: "308, 0, 0", errno: EPERM),
      Call(name: "mount", arguments: "165, 0, 0, 0, 0, 0", errno: EPERM),
      Call(name: "fsopen", arguments: "430, 0, 0", errno: EPERM),
      Call(name: "open_tree", arguments: "428, 0, 0, 0", errno: EPERM),
      Call(name: "pivot_root", arguments: "155, 0, 0", errno: EPERM),
      Call(name: "unshare of a user namespace", arguments: "272, 0x10000000", errno: EPERM),
      Call(name: "unshare of a time namespace", arguments: "272, 0x80", errno: EPERM),
      Call(name: "clone of a network namespace", arguments: "56, 0x40000011, 0, 0, 0, 0", errno: EPERM),
      Call(name: "clone3", arguments: "435, 0, 0", errno: ENOSYS),
      Call(name: "TIOCSTI", arguments: "16, 0, 0x5412, 0", errno: EPERM),
      Call(name: "TIOCSTI with high bits set", arguments: "16, 0, 0x100005412, 0", errno: EPERM),
      Call(name: "TIOCLINUX", arguments: "16, 0, 0x541c, 0", errno: EPERM),
      Call(name: "openat2", arguments: "437, 0, 0, 0, 0", errno: ENOSYS),
      Call(name: "fanotify_init", arguments: "300, 0, 0", errno: EPERM),
    ]

    @Test("is refused", arguments: calls)
    func refused(_ call: Call) async throws {
      let inmate = try Inmate()
      let script = """
        import ctypes
        c = ctypes.CDLL(None, use_errno=True)
        n = [ctypes.c_long(x) for x in [\(call.arguments)]]
        r = c.syscall(*n)
        print(ctypes.get_errno() if r == -1 else "done")
        """
      #expect(try await inmate.capture(python: script) == "\(call.errno)\n")
    }

    @Test("a call of the 32-bit ABI ends its process")
    func ia32() async throws {
      let inmate = try Inmate()
      // mov eax, 20 (getpid); int 0x80; ret
      let script = """
        import ctypes, mmap
        m = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        m.write(bytes.fromhex("b814000000cd80c3"))
        f = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))
        print("pid", f())
        """
      var plan = inmate.plan("")
      plan.program = "/usr/bin/python3"
      plan.arguments = ["-c", script]
      let (end, output, _) = try await inmate.run(plan)
      #expect(end.signal == SIGSYS)
      #expect(output == "")
    }
  #endif

  @Test("the interface list can be read, as getaddrinfo does")
  func interfaces() async throws {
    let inmate = try Inmate()
    #expect(try await inmate.capture(python: "import socket; print(socket.if_nameindex())") == "[(1, 'lo')]\n")
  }

  @Test("no file can be given the bits that lend its owner's or group's rights")
  func privilegeBits() async throws {
    let inmate = try Inmate()
    let script = """
      import ctypes, errno, os, stat
      open("f", "w").close()
      fd = os.open("f", os.O_RDONLY); here = os.open(".", os.O_RDONLY)
      def refused(call, *arguments):
        try: call(*arguments); return False
        except PermissionError: return True
      ways = []
      for mode in (0o4755, 0o2755, 0o6755):
        ways += [refused(os.chmod, "f", mode), refused(os.fchmod, fd, mode),
          refused(lambda: os.chmod("f", mode, dir_fd=here)),
          refused(os.open, "made", os.O_CREAT | os.O_WRONLY, mode),
          refused(os.open, ".", os.O_TMPFILE | os.O_WRONLY, mode),
          refused(os.mknod, "node", stat.S_IFREG | mode)]
        c = ctypes.CDLL(None, use_errno=True)
        ways += [c.syscall(452, here, b"f", mode, 0) == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)]
      print(all(ways), oct(os.stat("f").st_mode), os.listdir("."))
      os.chmod("f", 0o1777); os.chmod("f", 0o755); os.mkdir("d", 0o2755); os.close(os.open("g", os.O_CREAT, 0o700))
      print(oct(os.stat("f").st_mode), oct(os.stat("d").st_mode))
      """
    #expect(
      try await inmate.capture(python: script) == "True 0o100644 ['f']\n0o100755 0o40755\n")
  }

  @Test("threads, forks, pipes, and programs work")
  func ordinaryWork() async throws {
    let inmate = try Inmate()
    let script = """
      import threading, subprocess, multiprocessing, tempfile, os
      t = threading.Thread(target=lambda: print("thread", flush=True)); t.start(); t.join()
      print(subprocess.run(["echo", "program"], capture_output=True, text=True).stdout, end="", flush=True)
      with multiprocessing.Pool(2) as p: print(p.map(abs, [-1, -2]))
      with tempfile.TemporaryFile() as f: f.write(b"x")
      """
    #expect(try await inmate.capture(python: script) == "thread\nprogram\n[1, 2]\n")
  }

  @Test("a nested sandbox works where the plan allows it, and only there")
  func nestedSandbox() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan(
      "bwrap --unshare-all --ro-bind / / --proc /proc --dev /dev echo nested 2>/dev/null || echo no")
    #expect(try await inmate.run(plan).output == "no\n")
    plan.allowsNestedSandboxes = true
    if geteuid() == 0 {
      #expect(await inmate.refusal(of: plan)?.place == "allowsNestedSandboxes")
    } else {
      #expect(try await inmate.run(plan).output == "nested\n")
    }
  }

  @Test("a debugger works where the plan allows it")
  func debugging() async throws {
    guard access("/usr/bin/strace", X_OK) == 0 else {
      print("skipped: strace is not installed")
      return
    }
    let inmate = try Inmate()
    var plan = inmate.plan("strace -o trace true && grep -c exited trace || echo no")
    #expect(try await inmate.run(plan).output.hasSuffix("no\n"))
    plan.allowsDebugging = true
    #expect(try await inmate.run(plan).output == "1\n")
  }
}
