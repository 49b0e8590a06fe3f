internal import Confinement
internal import Glibc

/// What the user or the administrator can do about a layer that cannot be engaged on this host.
enum Remedy {
  /// A failure of a layer as an error that a user can act on.
  static func error(for failure: ConfinementFailure, program: String) -> SandboxError {
    if failure.layer == .program, failure.step == program {
      let what =
        failure.errorNumber == ENOENT
        ? "\(program) was not found inside the sandbox."
        : "\(program) cannot be run inside the sandbox (\(failure.errorName))."
      return SandboxError(
        .programNotStarted, place: program, what,
        remedy: "If it is installed on this machine, grant its directory: --read DIR.")
    }
    return SandboxError(
      .layerUnavailable, place: failure.layer.rawValue,
      "The sandbox cannot be engaged: \(failure).", remedy: fix(for: failure))
  }

  /// One command where one is enough.
  static func fix(for failure: ConfinementFailure) -> String {
    switch failure.layer {
    case .userNamespace, .networkNamespace, .capture, .namespaces: namespaces(failure)
    case .landlock:
      "Boot with Landlock: add `lsm=landlock,lockdown,yama,integrity,apparmor,bpf` to the kernel's command line"
        + " (Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK=y)."
    case .systemCalls, .notification:
      failure.errorNumber == EBUSY
        ? "Something around Sallyport already watches system calls; start it outside of that."
        : "Linux 5.5 or newer with CONFIG_SECCOMP_FILTER=y is needed; in a container: \(containerFix)"
    case .overlay:
      "Overlays need Linux 5.11 or newer with CONFIG_OVERLAY_FS, and the state directory on a file system such as ext4,"
        + " xfs, btrfs or tmpfs: name another with SALLYPORT_HOME, or run without --overlay."
    case .bubblewrap: "Install it: \(install("bubblewrap"))"
    case .capabilities: "Install a bubblewrap of 0.4 or newer: \(install("bubblewrap"))"
    case .terminal: "Mount a devpts: `sudo mount -t devpts devpts /dev/pts`"
    case .kernel, .noNewPrivileges, .keyring, .program: "Run `sallyport doctor` to see every layer of this host."
    }
  }

  /// Told by the variable that every run sets inside, and by a filter of system calls, which every sandbox has. Nothing
  /// but the sentence depends on it.
  static var isWithinSandbox: Bool {
    guard let mark = getenv("SALLYPORT"), String(cString: mark) == "1" else { return false }
    return HostPath.text("/proc/self/status")?.contains("\nSeccomp:\t2\n") ?? true
  }

  private static func namespaces(_ failure: ConfinementFailure) -> String {
    if isWithinSandbox {
      return "You are inside a Sallyport sandbox, which lets no other be made in it: start the program itself, without"
        + " `sallyport run`. It is confined and recorded already."
    }
    if HostPath.firstLine("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1", geteuid() != 0 {
      return "This system's AppArmor forbids user namespaces to programs it does not know; let it know Sallyport: "
        + "`sudo make install` (puts the profile in place), or "
        + "`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`"
    }
    if HostPath.firstLine("/proc/sys/kernel/unprivileged_userns_clone") == "0" {
      return "Allow user namespaces: `sudo sysctl -w kernel.unprivileged_userns_clone=1`"
    }
    if HostPath.firstLine("/proc/sys/user/max_user_namespaces") == "0" || failure.errorNumber == ENOSPC {
      return "Allow user namespaces: `sudo sysctl -w user.max_user_namespaces=15000`"
    }
    if HostPath.firstLine("/proc/sys/user/max_net_namespaces") == "0" {
      return "Allow network namespaces: `sudo sysctl -w user.max_net_namespaces=15000`"
    }
    if isContainer { return "In a container: \(containerFix)" }
    return "The kernel needs CONFIG_USER_NS, CONFIG_NET_NS and CONFIG_IPV6; run `sallyport doctor` to see every layer."
  }

  private static let containerFix =
    "start it with `docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
    + " --security-opt systempaths=unconfined …`"

  static var isContainer: Bool {
    HostPath.exists("/.dockerenv") || HostPath.exists("/run/.containerenv")
  }

  static func install(_ package: String) -> String {
    let tools = [
      ("/usr/bin/apt-get", "sudo apt-get install -y"), ("/usr/bin/dnf", "sudo dnf install -y"),
      ("/usr/bin/pacman", "sudo pacman -S"), ("/usr/bin/zypper", "sudo zypper install"), ("/sbin/apk", "sudo apk add"),
    ]
    let command = tools.first { HostPath.exists($0.0) }?.1 ?? "with your system's package tool, install"
    return "`\(command) \(package)`"
  }
}
