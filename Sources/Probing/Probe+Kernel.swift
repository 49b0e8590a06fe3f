internal import CProbe
internal import Glibc

extension Probe {
  /// The kernel's less trodden ground.
  static let kernel: [Probe] = [
    .call("K1.io-uring", "io_uring_setup"),
    .call("K2.x32", "x32 getpid"),
    Probe("K2.ia32") { _ in .letIn(cp_call_by_32_bit_number()) },
    .call("K2.newer", "newer"),
    .call("K2.openat2", "openat2"),
    Probe("K3.path") { place in local(.path("\(place.outside)/socket")) },
    Probe("K3.abstract") { place in local(.abstract(place.abstractSocket)) },
    Probe("K3.well-known") { place in wellKnown(place) },
    Probe("K4.datagram-pair") { place in datagramPair(place) },
    .call("K7.user-namespace", "unshare user"),
    .call("K7.mount-namespace", "unshare mount"),
    .call("K7.network-namespace", "unshare network"),
    .call("K7.process-namespace", "unshare process"),
    .call("K7.time-namespace", "unshare time"),
    .call("K7.clone-user", "clone user"),
    .call("K7.clone-network", "clone network"),
    .call("K7.clone3", "clone3"),
    .call("K7.setns", "setns"),
    .call("K7.mount", "mount"),
    .call("K7.umount", "umount"),
    .call("K7.pivot-root", "pivot_root"),
    .call("K7.chroot", "chroot"),
    .call("K7.fsopen", "fsopen"),
    .call("K7.open-tree", "open_tree"),
    .call("K7.move-mount", "move_mount"),
    .call("K7.mount-setattr", "mount_setattr"),
    Probe("K7.set-user-id") { place in privileged(place) },
    Probe("K7.privileges") { _ in
      cp_may_gain_privileges() == 0 ? Found(.refused, "no-new-privileges, no capabilities") : Found(.succeeded)
    },
    .call("K8.bpf", "bpf"),
    .call("K8.perf-event-open", "perf_event_open"),
    .call("K8.userfaultfd", "userfaultfd"),
    .call("K8.keyctl", "keyctl"),
    .call("K8.add-key", "add_key"),
    .call("K8.request-key", "request_key"),
    .call("K8.kexec", "kexec_load"),
    .call("K8.init-module", "init_module"),
    .call("K8.finit-module", "finit_module"),
    .call("K8.delete-module", "delete_module"),
    .call("K8.open-by-handle", "open_by_handle_at"),
    .call("K8.fanotify", "fanotify_init"),
    .call("K8.swapon", "swapon"),
    .call("K8.reboot", "reboot"),
    .call("K8.syslog", "syslog"),
    .call("K8.settimeofday", "settimeofday"),
    .call("K8.acct", "acct"),
    .call("K8.iopl", "iopl"),
    .call("K8.modify-ldt", "modify_ldt"),
    .call("K8.memfd-secret", "memfd_secret"),
  ]

  private enum LocalAddress {
    case path(String)
    case abstract(String)

    func with(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes: [UInt8] =
        switch self {
        case .path(let path): Array(path.utf8) + [0]
        case .abstract(let name): [0] + Array(name.utf8)
        }
      guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { return -1 }
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(2 + bytes.count)) }
      }
    }
  }

  /// Connects, and takes the descriptor that the other end hands to everybody.
  private static func local(_ address: LocalAddress) -> Found {
    let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(made) }
    guard address.with({ connect(made, $0, $1) }) == 0 else { return .kernel(-Int(errno)) }
    var patience = timeval(tv_sec: ProbingLimits.patienceSeconds, tv_usec: 0)
    setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = cp_read_from_passed_descriptor(made, &bytes, UInt64(bytes.count))
    return Found(.succeeded, count > 0 ? "connected, and read what the other end handed over" : "connected")
  }

  private static func wellKnown(_ place: ProbePlace) -> Found {
    let sockets = [
      "/run/docker.sock", "/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock",
      "/run/dbus/system_bus_socket", "/run/systemd/private", "/run/user/0/bus", "/run/user/1000/bus",
      "/run/user/1000/gnupg/S.gpg-agent", "/run/user/1000/podman/podman.sock", "/run/user/1000/wayland-0",
      "/tmp/.X11-unix/X0", "/tmp/.X11-unix/X1", "\(place.home)/.docker/run/docker.sock",
      "\(place.home)/.gnupg/S.gpg-agent",
    ]
    let reached = sockets.filter { local(.path($0)).outcome == .succeeded }
    return reached.isEmpty
      ? Found(.absent, "\(sockets.count) places") : Found(.succeeded, reached.joined(separator: ", "))
  }

  /// The family is ours to use; what counts is whom such a socket reaches.
  private static func datagramPair(_ place: ProbePlace) -> Found {
    var ends: [CInt] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends) == 0 else { return .kernel(-Int(errno)) }
    defer { for end in ends { close(end) } }
    for address in [LocalAddress.path("\(place.outside)/datagrams"), .abstract("\(place.abstractSocket)-datagrams")] {
      guard address.with({ connect(ends[0], $0, $1) }) != 0 else {
        return Found(.succeeded, "reached somebody outside")
      }
    }
    return Found(.confined, "a pair of its own, and nobody outside")
  }

  private static func privileged(_ place: ProbePlace) -> Found {
    let path = "\(place.workspace)/set-user-id"
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
    guard file >= 0 else { return .kernel(-Int(errno)) }
    close(file)
    defer { unlink(path) }
    return .kernel(cp_set_privilege_bits(path))
  }
}
