/// Tells a file of its user's that an agent opened from the thousands that its own program is made of.
///
/// What is private to the sandbox, such as `/tmp`, is not the host's file of that name, and is none of these.
struct ReadableSources: Sendable {
  /// Granted besides the workspace; absolute.
  private let granted: [String]
  private let workspace: String
  /// Where the agent's own code lies.
  private let installation: [String]

  init(workspace: String, granted: [String], installation: [String]) {
    self.workspace = workspace
    self.granted = granted
    self.installation = installation
  }

  init(_ settings: RunSettings) {
    self.init(
      workspace: settings.workspace,
      granted: settings.grants.reads.filter { !settings.program.reads.contains($0) } + settings.grants.writes
        + HomeBinds.of(settings).map(\.source),
      installation: settings.program.reads)
  }

  func covers(_ path: String) -> Bool {
    if FilePaths.isWithin(path, workspace) { return true }
    guard granted.contains(where: { FilePaths.isWithin(path, $0) }) else { return false }
    guard !installation.contains(where: { FilePaths.isWithin(path, $0) }) else { return false }
    return !path.split(separator: "/").contains { Self.packageDirectories.contains($0) }
  }

  /// Where package managers put other people's code.
  private static let packageDirectories: Set<Substring> = ["site-packages", "dist-packages", "node_modules"]
}
