internal import Glibc

/// Which system calls an agent may make. What is not named is allowed: the walls are the namespaces and Landlock; this
/// takes away the ways around them and the kernel's least trodden ground.
package struct SystemCallPolicy: Sendable, Hashable {
  /// Whether sandboxes may be made inside the sandbox: user namespaces, and in them mounts.
  package let allowsNestedSandboxes: Bool
  /// Whether processes inside may look into each other (`strace`, `gdb`).
  package let allowsDebugging: Bool
  package let observation: ObservationLevel

  /// Whether what changes names waits too: links, renames, and whatever opens a file in order to write.
  package let guardsNames: Bool

  package init(
    allowsNestedSandboxes: Bool, allowsDebugging: Bool, observation: ObservationLevel, guardsNames: Bool = false
  ) {
    self.allowsNestedSandboxes = allowsNestedSandboxes
    self.allowsDebugging = allowsDebugging
    self.observation = observation
    self.guardsNames = guardsNames
  }

  package var program: FilterProgram { FilterProgram(rules: rules) }

  /// The calls that programs make most come first.
  package var rules: [SystemCallRule] {
    observed + modes + sockets + terminal + namespaces + debugging + never
  }

  private var observed: [SystemCallRule] {
    var rules = [
      SystemCallRule(.connect, otherwise: .notify),
      // On a connected socket no address is given; with one it is a datagram's, or opens a connection with its first data.
      SystemCallRule(.sendto, [.init([.argument(4, equals: 0)], .allow)], otherwise: .notify),
    ]
    if observation >= .programs {
      rules += [SystemCallRule(.execve, otherwise: .notify), SystemCallRule(.execveat, otherwise: .notify)]
    }
    if guardsNames {
      let naming: [SystemCall] = [.rename, .renameat, .renameat2, .link, .linkat, .symlink, .symlinkat]
      rules += naming.map { SystemCallRule($0, otherwise: .notify) }
    }
    return rules + [
      opening(.openat, flags: 2, mode: 3), opening(.open, flags: 1, mode: 2),
      SystemCallRule(
        .creat, [.init([.argument(1, hasAnyOf: Self.privilegeBits)], .refuse(EPERM))],
        otherwise: guardsNames ? .notify : openingVerdict),
    ]
  }

  private var openingVerdict: Verdict { observation >= .files ? .notify : .allow }

  private func opening(_ call: SystemCall, flags: Int, mode: Int) -> SystemCallRule {
    // The mode is read only where a file is made; else its register holds anything.
    let making = UInt32(O_CREAT | OpenFlags.unnamed)
    // Listing a directory, and a handle that cannot be read from, show no content.
    let notContent = UInt32(O_DIRECTORY | OpenFlags.handle)
    return SystemCallRule(
      call,
      [
        .init([.argument(flags, hasAnyOf: making), .argument(mode, hasAnyOf: Self.privilegeBits)], .refuse(EPERM)),
        .init([.argument(flags, hasAnyOf: notContent)], .allow),
      ] + (guardsNames ? [.init([.argument(flags, hasAnyOf: UInt32(OpenFlags.writing))], .notify)] : []),
      otherwise: openingVerdict)
  }

  /// Files that lend their owner's or group's rights to whoever starts them: in the workspace they would wait outside
  /// for somebody else. mkdir(2) ignores these bits.
  private var modes: [SystemCallRule] {
    let calls: [(SystemCall, mode: Int)] = [
      (.chmod, 1), (.fchmod, 1), (.fchmodat, 2), (.fchmodat2, 2), (.mknod, 1), (.mknodat, 2),
    ]
    return calls.map { call, mode in
      SystemCallRule(call, [.init([.argument(mode, hasAnyOf: Self.privilegeBits)], .refuse(EPERM))], otherwise: .allow)
    }
  }

  /// `S_ISUID` and `S_ISGID`.
  private static let privilegeBits: UInt32 = 0o6000

  /// TCP, UDP and local sockets, and of netlink the interface list that getaddrinfo(3) and getifaddrs(3) read.
  private var sockets: [SystemCallRule] {
    let families = [AF_UNIX, AF_INET, AF_INET6].map {
      SystemCallRule.Case([.argument(0, equals: UInt32($0))], .allow)
    }
    let interfaces = SystemCallRule.Case(
      [.argument(0, equals: UInt32(AF_NETLINK)), .argument(2, equals: Self.netlinkRoute)], .allow)
    return [
      SystemCallRule(.socket, families + [interfaces], otherwise: .refuse(EAFNOSUPPORT)),
      SystemCallRule(
        .socketpair, [.init([.argument(0, equals: UInt32(AF_UNIX))], .allow)], otherwise: .refuse(EAFNOSUPPORT)),
    ]
  }

  /// Writing into a terminal's input queue as if somebody had typed it.
  private var terminal: [SystemCallRule] {
    let injections = [Self.terminalStuff, Self.terminalLinux].map {
      SystemCallRule.Case([.argument(1, equals: $0)], .refuse(EPERM))
    }
    return [SystemCallRule(.ioctl, injections, otherwise: .allow)]
  }

  private var namespaces: [SystemCallRule] {
    let foreign = [SystemCallRule(.setns, otherwise: .refuse(EPERM))]
    if allowsNestedSandboxes { return foreign }
    let newNamespace = SystemCallRule.Case([.argument(0, hasAnyOf: Self.newNamespaces)], .refuse(EPERM))
    // The time namespace's bit lies among those that clone(2) reads as the child's exit signal.
    let newTimeNamespace = SystemCallRule.Case([.argument(0, hasAnyOf: Self.newTimeNamespace)], .refuse(EPERM))
    return foreign + [
      SystemCallRule(.clone, [newNamespace], otherwise: .allow),
      // Its flags lie in memory, where no filter can look; the C library falls back to clone(2).
      SystemCallRule(.clone3, otherwise: .refuse(ENOSYS)),
      SystemCallRule(.unshare, [newNamespace, newTimeNamespace], otherwise: .allow),
    ]
      + Self.refused([
        .mount, .umount2, .pivotRoot, .chroot, .openTree, .openTreeAttr, .moveMount, .fsopen, .fsconfig, .fsmount,
        .fspick, .mountSetattr,
      ])
  }

  private var debugging: [SystemCallRule] {
    allowsDebugging
      ? [] : Self.refused([.ptrace, .processVMReadv, .processVMWritev, .pidfdGetfd, .kcmp, .processMadvise])
  }

  private var never: [SystemCallRule] {
    // "Not there" makes programs fall back to what can be watched; "not permitted" might make them stop.
    // What openat2(2) is to make, and with which mode, lies in memory, where no filter can look.
    let absent: [SystemCall] = [.openat2, .ioUringSetup, .ioUringEnter, .ioUringRegister, .memfdSecret]
    return absent.map { SystemCallRule($0, otherwise: .refuse(ENOSYS)) }
      + Self.refused([
        .bpf, .perfEventOpen, .userfaultfd, .fanotifyInit, .keyctl, .addKey, .requestKey, .kexecLoad, .kexecFileLoad,
        .initModule, .finitModule, .deleteModule, .openByHandleAt, .acct, .swapon, .swapoff, .reboot, .quotactl,
        .quotactlFD, .nfsservctl, .syslog, .vhangup, .settimeofday, .clockSettime, .adjtimex, .clockAdjtime, .iopl,
        .ioperm, .modifyLDT, .lookupDcookie, .uselib, .ustat, .sysfs, .sysctl, .movePages, .migratePages,
        .lsmSetSelfAttr,
      ])
  }

  private static func refused(_ calls: [SystemCall]) -> [SystemCallRule] {
    calls.map { SystemCallRule($0, otherwise: .refuse(EPERM)) }
  }

  /// `NETLINK_ROUTE` of linux/netlink.h.
  private static let netlinkRoute: UInt32 = 0
  /// `TIOCSTI` and `TIOCLINUX` of asm-generic/ioctls.h.
  private static let terminalStuff: UInt32 = 0x5412
  private static let terminalLinux: UInt32 = 0x541c
  /// `CLONE_NEWNS`, `…CGROUP`, `…UTS`, `…IPC`, `…USER`, `…PID`, `…NET` of linux/sched.h.
  package static let newNamespaces: UInt32 = 0x7e02_0000
  /// `CLONE_NEWTIME`; only unshare(2) and clone3(2) know it.
  package static let newTimeNamespace: UInt32 = 0x80
}
