/// Places of a workspace whose content acts outside of the sandbox later, by who acts on them.
package enum ProtectedGroup: String, Sendable, Hashable, CaseIterable {
  /// What makes git start programs, of every repository in the workspace. Its places depend on what a repository is, and
  /// are found by whoever looks.
  case git
  /// Hooks that are kept with the code.
  case hooks
  case editors
  /// Agents' own settings, where they are the project's.
  case agents
  case ci
  case shell
  case packages

  package var defaultAction: ProtectionAction { self == .git ? .deny : .review }

  /// The names on the way to each place; what is a directory covers all that is in it.
  package var places: [ProtectedPlace] {
    switch self {
    case .git: []
    case .hooks:
      anywhere(".husky", ".githooks", ".pre-commit-config.yaml", "lefthook.yml", ".lefthook.yml")
    case .editors:
      anywhere(
        ".vscode/tasks.json", ".vscode/settings.json", ".vscode/launch.json", ".vscode/mcp.json",
        ".vscode/extensions.json", ".idea", ".devcontainer", ".devcontainer.json", ".zed", ".fleet", ".exrc",
        ".nvim.lua", ".dir-locals.el", ".cursorrules")
    case .agents:
      anywhere(
        ".mcp.json", ".claude", ".codex", ".cursor", ".gemini", ".kiro", ".continue", ".opencode", "opencode.json",
        ".aider.conf.yml", ".amazonq", ".goosehints", ".copilot", ".roo", ".windsurf")
        + [ProtectedPlace("sallyport.yaml", isAnywhere: false)]
    case .ci:
      [
        ".github/workflows", ".github/actions", ".gitlab-ci.yml", ".circleci", "Jenkinsfile", "azure-pipelines.yml",
        ".drone.yml", ".travis.yml", "bitbucket-pipelines.yml", ".buildkite", ".woodpecker.yml", ".woodpecker",
        ".gitea/workflows", ".forgejo/workflows",
      ].map { ProtectedPlace($0, isAnywhere: false) }
    case .shell:
      anywhere(
        ".envrc", ".mise.toml", "mise.toml", ".mise", ".tool-versions", ".bashrc", ".bash_profile", ".bash_login",
        ".profile", ".zshrc", ".zshenv", ".zprofile", ".config/fish", ".direnvrc", ".inputrc")
    case .packages:
      anywhere(
        ".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.cjs", "bunfig.toml", ".pypirc", "pip.conf", ".cargo/config.toml",
        ".cargo/config", ".bundle/config", ".gemrc")
    }
  }

  /// Files at its places, or where they would be.
  var examples: [String] {
    guard self != .git else { return [".git/config", ".git/hooks/pre-commit"] }
    return places.map { $0.names.joined(separator: "/") }.flatMap { [$0, "\($0)/x"] }
  }

  private func anywhere(_ names: String...) -> [ProtectedPlace] {
    names.map { ProtectedPlace($0, isAnywhere: true) }
  }
}

/// One place of a group.
package struct ProtectedPlace: Sendable, Hashable {
  /// From the workspace, or from any directory in it.
  package let names: [String]
  package let isAnywhere: Bool

  init(_ path: String, isAnywhere: Bool) {
    names = path.split(separator: "/").map(String.init)
    self.isAnywhere = isAnywhere
  }

  /// As a pattern of the sandbox's guard.
  package var text: String {
    (isAnywhere ? "**!\(Self.installed.sorted().joined(separator: ","))/" : "") + names.joined(separator: "/")
  }

  /// Other people's code: editors and shells do not act on what lies in there by themselves.
  package static let installed: Set<String> = [
    "node_modules", ".venv", "venv", "site-packages", "dist-packages", "bower_components", "__pycache__",
  ]
}

extension ProtectedGroup {
  /// Where in a path one of this group's places begins, of those that count in every directory.
  package func placeStart(in names: [String]) -> Int? {
    let places = places.filter(\.isAnywhere)
    return names.indices.first { start in places.contains { names[start...].starts(with: $0.names) } }
  }
}
