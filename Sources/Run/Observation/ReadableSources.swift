internal import Evidence
internal import Glibc
internal import Sandbox

/// Tells a file of its user's that an agent opened from the thousands that its own program is made of, and from what it
/// writes about the run itself.
///
/// What is private to the sandbox, such as `/tmp`, is not the host's file of that name, and is none of these.
struct ReadableSources: Sendable {
  private let workspace: String
  /// Granted besides the workspace; absolute.
  private let granted: [String]
  /// Where the agent keeps its settings and its own record of every conversation.
  private let own: [String]
  /// Where the agent's code lies.
  private let installation: [String]
  private let started: Timestamp

  init(workspace: String, granted: [String], own: [String] = [], installation: [String] = [], started: Timestamp) {
    self.workspace = workspace
    self.granted = granted
    self.own = own
    self.installation = installation
    self.started = started
  }

  init(_ settings: RunSettings, started: Timestamp) {
    self.init(
      workspace: settings.workspace,
      granted: settings.grants.reads.filter { !settings.program.reads.contains($0) } + settings.grants.writes,
      own: HomeBinds.of(settings).map(\.source), installation: settings.program.reads, started: started)
  }

  func covers(_ path: String) -> Bool {
    if FilePaths.isWithin(path, workspace) { return true }
    guard !installation.contains(where: { FilePaths.isWithin(path, $0) }),
      !path.split(separator: "/").contains(where: { Self.packageDirectories.contains($0) })
    else { return false }
    if granted.contains(where: { FilePaths.isWithin(path, $0) }) { return true }
    // What the agent notes down while it runs came from elsewhere.
    return own.contains { FilePaths.isWithin(path, $0) } && isOlder(path)
  }

  private func isOlder(_ path: String) -> Bool {
    FilePaths.modified(path).map { $0 < started.millisecondsSinceEpoch } ?? false
  }

  /// Where package managers put other people's code.
  private static let packageDirectories: Set<Substring> = ["site-packages", "dist-packages", "node_modules"]
}
