internal import Glibc

extension Probe {
  /// What would have its effect later, or somewhere else.
  static let later: [Probe] = [
    Probe("F3.hook") { written("\($0.workspace)/kept/.git/hooks/pre-commit") },
    Probe("F3.config") { written("\($0.workspace)/kept/.git/config") },
    Probe("F3.config-replaced") { place in
      let new = "\(place.workspace)/config.new"
      close(open(new, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644))
      defer { unlink(new) }
      return .kernel(rename(new, "\(place.workspace)/kept/.git/config") == 0 ? 0 : -Int(errno))
    },
    Probe("F3.moved") { place in
      let moved = rename("\(place.workspace)/kept/.git", "\(place.workspace)/kept/other")
      // A mount lies below it.
      guard moved == 0 || errno != EBUSY else { return Found(.refused, error: "EBUSY") }
      return .kernel(moved == 0 ? 0 : -Int(errno))
    },
    Probe("F3.task") { reviewed(".vscode", "tasks.json", $0) },
    Probe("F3.workflow") { reviewed(".github/workflows", "later.yml", $0) },
    Probe("F4.worktree") { repository("\($0.outside)/repository/.git", $0) },
    Probe("F4.submodule") { repository("\($0.outside)/repository/.git/modules/part", $0) },
    Probe("P9.unsent") { place in
      let spool = "\(place.home)/.claude/telemetry"
      if Files.holds("\(spool)/unsent", place.mark) { return Found(.succeeded, "what was not sent can be read") }
      // Who looks afterwards outside must not find it.
      let file = open("\(spool)/later", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else { return Found(.confined, "nothing can be kept") }
      close(file)
      return Found(.confined, "empty; what was left there is gone")
    },
    Probe("O3.policy-changed") { place in
      let end = time(nil) + time_t(ProbingLimits.patienceSeconds)
      while time(nil) < end, !Files.holds("\(place.workspace)/sallyport.yaml", ProbePlace.late) { usleep(10_000) }
      guard time(nil) < end else { return Found(.closed, "it did not change") }
      let request = Requests.get("/late", host: ProbePlace.late)
      return Requests.through("\(ProbePlace.late):80", Array(request.utf8), place, isAllowed: true)
    },
    Probe("O5.own-program") { _ in
      // Asks for the right to change it, and changes nothing.
      .kernel(chown("/proc/self/exe", uid_t.max, gid_t.max) == 0 ? 0 : -Int(errno))
    },
    Probe("O6.managed") { _ in
      let directory = "/etc/claude-code"
      guard mkdir(directory, 0o755) == 0 || errno == EEXIST else { return .kernel(-Int(errno)) }
      let file = open("\(directory)/managed-settings.json", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      defer { if file >= 0 { close(file) } }
      return .kernel(file >= 0 ? 0 : -Int(errno))
    },
    Probe("O6.policy-above") { place in
      let file = open("\(place.workspace)/../sallyport.yaml", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { return Found(.confined, error: ErrorName.of(errno), "") }
      close(file)
      return Found(.confined, "made; outside there is none")
    },
  ]

  private static func written(_ path: String) -> Found {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
    defer { if file >= 0 { close(file) } }
    return .kernel(file >= 0 ? 0 : -Int(errno))
  }

  /// What may be written, and must not be there any more when the run has ended.
  private static func reviewed(_ folder: String, _ name: String, _ place: ProbePlace) -> Found {
    var path = place.workspace
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o755)
    }
    let found = written("\(path)/\(name)")
    return found.outcome == .succeeded ? Found(.confined, "written; put back when the run ends") : found
  }

  /// One that the workspace's `.git` names, and that does not name the workspace.
  private static func repository(_ path: String, _ place: ProbePlace) -> Found {
    let hook = open("\(path)/hooks/post-checkout", O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
    guard hook < 0 else {
      close(hook)
      return Found(.succeeded, "a hook can be put into it")
    }
    return Files.found(reading: "\(path)/config", place)
  }
}
