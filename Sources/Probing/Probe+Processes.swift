internal import CProbe
internal import Confinement
internal import Glibc

extension Probe {
  /// Other processes, and what is handed down from the one that started us.
  static let processes: [Probe] = [
    Probe("K5.inherited") { place in inherited(place) },
    Probe("K5.directory") { place in through(descriptors: place) },
    .call("K6.ptrace", "ptrace"),
    .call("K6.ptrace-self", "ptrace self"),
    .call("K6.process-vm-readv", "process_vm_readv"),
    .call("K6.pidfd-getfd", "pidfd_getfd"),
    Probe("K6.host-process") { place in
      kill(place.process, 0) == 0 ? sameProcess(place) : Found(.absent, error: ErrorName.latest)
    },
    Probe("K6.environments") { place in environments(place) },
    Probe("K6.own-environment") { place in
      let own = Files.text("/proc/self/environ") ?? ""
      let values = own.split(separator: "\0").map(String.init)
      guard values.allSatisfy({ $0.range(of: place.mark) == nil }) else { return Found(.succeeded, "the real value") }
      let hasName = values.contains { $0.hasPrefix("ANTHROPIC_API_KEY=") }
      return Found(.absent, hasName ? "a placeholder is in its place" : "the variable is not there")
    },
    Probe("K6.init") { place in
      let names = ["environ", "mem", "maps", "root/etc", "cwd/etc", "exe"] + (0..<64).map { "fd/\($0)" }
      let open = names.filter { Files.opens("/proc/\(place.firstProcess)/\($0)") }
      return open.isEmpty
        ? Found(.refused, error: "EACCES", "\(names.count) files") : Found(.succeeded, open.joined(separator: ", "))
    },
    Probe("K6.kill-init") { _ in
      // Process 1 of a process namespace hears no signal from within that it has no handler for.
      kill(1, SIGKILL)
      return Found(.confined, "process 1 lives")
    },
  ]

  private static func inherited(_ place: ProbePlace) -> Found {
    let open = (3..<1_024 as Range<Int32>).filter { fcntl($0, F_GETFD) >= 0 && !place.own.contains($0) }
    return open.isEmpty
      ? Found(.absent, "the three streams alone")
      : Found(.succeeded, "descriptors " + open.map(String.init).joined(separator: ", "))
  }

  /// A descriptor of a directory leads around every mount.
  private static func through(descriptors place: ProbePlace) -> Found {
    for number in 0..<1_024 as Range<Int32> {
      let file = openat(number, "secret", O_RDONLY | O_CLOEXEC)
      if file >= 0 {
        close(file)
        return Found(.succeeded, "descriptor \(number)")
      }
    }
    return Found(.absent, "no directory among them")
  }

  /// A number that exists in here too is somebody else's in here.
  private static func sameProcess(_ place: ProbePlace) -> Found {
    Files.holds("/proc/\(place.process)/environ", place.mark)
      ? Found(.succeeded, "its environment") : Found(.absent, "that number is a process of the sandbox's")
  }

  private static func environments(_ place: ProbePlace) -> Found {
    let processes = Files.names(in: "/proc").filter { $0.allSatisfy(\.isNumber) }
    for process in processes {
      for file in ["environ", "root\(place.outside)/secret", "cwd/../outside/secret"]
      where Files.holds("/proc/\(process)/\(file)", place.mark) {
        return Found(.succeeded, "/proc/\(process)/\(file)")
      }
    }
    return Found(.absent, processes.count > 9 ? "\(processes.count) processes" : "its own processes alone")
  }
}
