internal import CProbe
internal import Glibc

extension Probe {
  /// Files that are nobody's in here, and ways around the mounts.
  static let files: [Probe] = [
    Probe("F1.ssh") { Files.found(reading: "\($0.home)/.ssh/id_ed25519", $0) },
    Probe("F1.aws") { Files.found(reading: "\($0.home)/.aws/credentials", $0) },
    Probe("F1.gcloud") { Files.found(reading: "\($0.home)/.config/gcloud/credentials.db", $0) },
    Probe("F1.browser") { Files.found(reading: "\($0.home)/.mozilla/firefox/logins.json", $0) },
    Probe("F1.environment-file") { Files.found(reading: "\($0.home)/.env", $0) },
    Probe("F1.other-repository") { Files.found(reading: "\($0.outside)/repository/secret", $0) },
    Probe("F1.state") { Files.found(reading: "\($0.outside)/state/authority/key.pem", $0) },
    Probe("F2.link") { place in
      let link = "\(place.workspace)/link"
      unlink(link)
      guard symlink("\(place.outside)/secret", link) == 0 else { return .kernel(-Int(errno)) }
      return Files.found(reading: link, place)
    },
    Probe("F2.dots") { Files.found(reading: "\($0.workspace)/../outside/secret", $0) },
    Probe("F2.proc-root") { Files.found(reading: "/proc/self/root\($0.outside)/secret", $0) },
    Probe("F2.hard-link") { place in .kernel(linked(place) == 0 ? 0 : -Int(errno)) },
    Probe("F2.race") { race($0) },
    Probe("F2.policy") { place in
      let file = open("\(place.workspace)/sallyport.yaml", O_WRONLY | O_TRUNC | O_CLOEXEC)
      defer { if file >= 0 { close(file) } }
      return file >= 0 ? Found(.succeeded, "the policy can be written") : .kernel(-Int(errno))
    },
    Probe("F2.policy-replaced") { place in
      let new = "\(place.workspace)/new.yaml"
      close(open(new, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
      defer { unlink(new) }
      guard rename(new, "\(place.workspace)/sallyport.yaml") != 0 else { return Found(.succeeded, "replaced") }
      return errno == EBUSY ? Found(.refused, error: "EBUSY") : .kernel(-Int(errno))
    },
    Probe("F2.system") { place in
      let places = ["/usr/bin", "/etc", "/", "/proc/sys/kernel/core_pattern", "/.sallyport"]
      let writable = places.filter { access($0, W_OK) == 0 && writes(in: $0) }
      return writable.isEmpty
        ? Found(.refused, error: "EROFS", "\(places.count) places")
        : Found(.succeeded, writable.joined(separator: ", "))
    },
    Probe("F5.character-device") { place in .kernel(cp_make_device("\(place.workspace)/memory", 0)) },
    Probe("F5.block-device") { place in .kernel(cp_make_device("\(place.workspace)/disk", 1)) },
    Probe("F5.pipe") { place in
      // Where somebody outside will look when the run ends: it must not wait for us.
      let path = "\(place.workspace)/.envrc"
      guard mkfifo(path, 0o600) == 0 else { return .kernel(-Int(errno)) }
      return Found(.confined, "made; nobody outside waits for it")
    },
    Probe("F6.type") { _ in .kernel(cp_type_into_terminal()) },
    Probe("F6.sequences") { place in
      // A name that a terminal would take for an order to fill the clipboard.
      let name = "\u{1b}]52;c;c2FsbHlwb3J0\u{7}"
      _ = open("\(place.home)/.ssh/\(name)", O_RDONLY | O_CLOEXEC)
      _ = open("\(place.workspace)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      mkdir("\(place.workspace)/.vscode", 0o700)
      _ = open("\(place.workspace)/.vscode/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      return Found(.confined, "named")
    },
  ]

  private static func linked(_ place: ProbePlace) -> Int32 {
    link("\(place.outside)/secret", "\(place.workspace)/hard-link")
  }

  private static func writes(in path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    if file >= 0 { close(file) }
    let made = open("\(path)/sallyport-verify", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if made >= 0 {
      close(made)
      unlink("\(path)/sallyport-verify")
    }
    return file >= 0 || made >= 0
  }

  /// A child swaps a directory and a link to the outside, again and again, while we open what is beneath.
  private static func race(_ place: ProbePlace) -> Found {
    let names = ["race", "race-directory", "race-link"].map { "\(place.workspace)/\($0)" }
    mkdir(names[1], 0o700)
    unlink(names[2])
    symlink(place.outside, names[2])
    let child = fork()
    if child == 0 {
      for _ in 0..<ProbingLimits.racedSwaps {
        rename(names[1], names[0])
        rename(names[0], names[1])
        rename(names[2], names[0])
        rename(names[0], names[2])
      }
      _exit(0)
    }
    var reads = 0
    while waitpid(child, nil, WNOHANG) == 0 { if Files.holds("\(names[0])/secret", place.mark) { reads += 1 } }
    return reads == 0 ? Found(.absent, "\(ProbingLimits.racedSwaps) swaps") : Found(.succeeded, "read \(reads) times")
  }
}
