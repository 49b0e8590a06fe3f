internal import Confinement
internal import Glibc

/// The places of a workspace whose content is run later without anybody asking for it, as they were at one moment.
///
/// The notifications say what was opened; this says what is there, however it came: renamed, linked, or through another
/// name.
struct PlacesThatRun: Sendable {
  private var found: [String: Place] = [:]
  /// Places in which there was more than is looked at.
  private var incomplete: Set<String> = []

  /// Whether there was more than is looked at.
  var isIncomplete: Bool { !incomplete.isEmpty }

  private struct Place: Sendable, Hashable {
    let reason: FileInterest.Reason
    /// Type and permissions of the name itself.
    let mode: UInt32
    let linkTarget: String?
    /// Of what is read through it; equal for equal content within this process only, which is all that is compared, and
    /// with a seed that no agent knows.
    let content: Int
  }

  /// One difference between two moments.
  struct Change: Sendable, Hashable {
    let path: String
    let reason: FileInterest.Reason
    let kind: Kind

    enum Kind: String, Sendable, Hashable {
      case new
      case changed
      case removed
      /// The permissions alone.
      case mode
    }
  }

  /// - Parameter repositories: git directories outside of the workspace that can be written.
  init(workspace: String, home: String, repositories: [String]) {
    let writable = ([workspace] + repositories).compactMap { FilePaths.canonical($0) }
    let ownHome = FilePaths.canonical(home).map { [$0] } ?? []
    for (name, reason) in Self.inWorkspace { look(at: "\(workspace)/\(name)", reason, followingInto: writable) }
    for (name, reason) in Self.inHome { look(at: "\(home)/\(name)", reason, followingInto: ownHome) }
    for git in ["\(workspace)/.git"] + repositories {
      for (name, reason) in Self.inRepository { look(at: "\(git)/\(name)", reason, followingInto: writable) }
      // Git runs no hook of such a name, and makes a dozen of them in every new repository.
      found = found.filter { path, _ in !(path.hasPrefix("\(git)/hooks/") && path.hasSuffix(".sample")) }
    }
  }

  /// What is different at a later moment, by path.
  func changes(until later: PlacesThatRun) -> [Change] {
    var changes = found.compactMap { path, before -> Change? in
      guard let after = later.found[path] else {
        let isUnknown = later.incomplete.contains { FilePaths.isWithin(path, $0) }
        return isUnknown ? nil : Change(path: path, reason: before.reason, kind: .removed)
      }
      guard before != after else { return nil }
      let isMode = before.content == after.content && before.linkTarget == after.linkTarget
      return Change(path: path, reason: before.reason, kind: isMode ? .mode : .changed)
    }
    for (path, place) in later.found where found[path] == nil {
      changes.append(Change(path: path, reason: place.reason, kind: .new))
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// - Parameter roots: canonical; links to directories outside of these are told and not followed: an agent can make one to
  ///   anywhere, and what is elsewhere is not its own.
  private mutating func look(at place: String, _ reason: FileInterest.Reason, followingInto roots: [String]) {
    let before = found.count
    var rest = [(path: place, depth: 0)]
    while let (path, depth) = rest.popLast() {
      guard let status = FileStatus(path: path) else { continue }
      guard found.count - before < RunLimits.placesThatRun, depth <= RunLimits.placeDepth else {
        incomplete.insert(place)
        continue
      }
      let linkTarget = FilePaths.isLink(path) ? FilePaths.linkText(path) : nil
      let isDirectory = FilePaths.isDirectory(path)
      // A directory that is no link is told by what is in it.
      if !isDirectory || linkTarget != nil {
        found[path] = Place(
          reason: reason, mode: status.identity.mode, linkTarget: linkTarget,
          content: isDirectory ? 0 : FilePaths.contentHash(path, limit: RunLimits.placeBytes))
      }
      guard isDirectory, linkTarget == nil || Self.leads(path, into: roots) else { continue }
      for name in FilePaths.names(in: path, limit: RunLimits.placesThatRun).sorted().reversed() {
        rest.append(("\(path)/\(name)", depth + 1))
      }
    }
  }

  /// Whether a link leads below a root, and not to where it stands itself.
  private static func leads(_ link: String, into roots: [String]) -> Bool {
    guard let target = FilePaths.canonical(link), let own = FilePaths.canonical(FilePaths.parent(link)) else {
      return false
    }
    return !FilePaths.isWithin(own, target) && roots.contains { target != $0 && FilePaths.isWithin(target, $0) }
  }

  private static let inRepository: [(String, FileInterest.Reason)] = [
    ("hooks", .gitHook), ("config", .gitConfiguration), ("config.worktree", .gitConfiguration),
    ("info/attributes", .gitConfiguration), ("commondir", .gitConfiguration),
  ]

  private static let inWorkspace: [(String, FileInterest.Reason)] = [
    (".husky", .gitHook), (".githooks", .gitHook), (".pre-commit-config.yaml", .gitHook),
    (".gitattributes", .gitConfiguration), (".gitmodules", .gitConfiguration),
    (".envrc", .taskFile), (".vscode/tasks.json", .taskFile), (".vscode/settings.json", .taskFile),
    (".vscode/launch.json", .taskFile), (".idea/runConfigurations", .taskFile), (".devcontainer", .taskFile),
    (".devcontainer.json", .taskFile), (".github/workflows", .taskFile), (".github/actions", .taskFile),
    (".gitlab-ci.yml", .taskFile), (".mise.toml", .taskFile), ("mise.toml", .taskFile), (".tool-versions", .taskFile),
    (".mcp.json", .agentSettings), (".claude/settings.json", .agentSettings),
    (".claude/settings.local.json", .agentSettings), (".claude/hooks", .agentSettings),
    (".claude/commands", .agentSettings), (".claude/agents", .agentSettings), (".claude/skills", .agentSettings),
    (".cursor/mcp.json", .agentSettings), (".cursor/hooks.json", .agentSettings), (".codex", .agentSettings),
    (".gemini/settings.json", .agentSettings), (".vscode/mcp.json", .agentSettings),
    (".continue", .agentSettings), (".kiro", .agentSettings), ("opencode.json", .agentSettings),
    (".aider.conf.yml", .agentSettings), ("sallyport.yaml", .agentSettings),
  ]

  private static let inHome: [(String, FileInterest.Reason)] = [
    (".claude/settings.json", .agentSettings), (".claude/hooks", .agentSettings),
    (".claude/commands", .agentSettings), (".claude/agents", .agentSettings), (".codex/config.toml", .agentSettings),
    (".gemini/settings.json", .agentSettings), (".cursor/mcp.json", .agentSettings),
    (".cursor/hooks.json", .agentSettings), (".config/opencode/opencode.json", .agentSettings),
    (".config/goose/config.yaml", .agentSettings), (".copilot/mcp-config.json", .agentSettings),
  ]
}
