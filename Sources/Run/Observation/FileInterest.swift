internal import Sandbox

/// Tells the files that an agent has no business with from the thousands that it needs.
struct FileInterest: Sendable {
  let home: String
  let workspace: String

  /// Why a file is worth a line.
  enum Reason: String, Hashable, CaseIterable {
    case credentialStore = "credential store"
    case environmentFile = "environment file"
    case gitHook = "git hook"
    case gitConfiguration = "git configuration"
    case taskFile = "task file"
    case agentSettings = "agent settings"
    case shellStartup = "shell start-up file"
    case systemSecret = "system secret"
  }

  func reason(for path: String, forWriting: Bool) -> Reason? {
    if let inHome = Self.relative(path, to: home) {
      if CredentialStores.inHome.contains(where: { inHome == $0 || inHome.hasPrefix($0 + "/") }) {
        return .credentialStore
      }
      if forWriting, Self.startupFiles.contains(inHome) { return .shellStartup }
    }
    if let inWorkspace = Self.relative(path, to: workspace) {
      let name = inWorkspace.split(separator: "/").last ?? ""
      if name == ".env" || name.hasPrefix(".env.") { return .environmentFile }
      if forWriting, inWorkspace.hasPrefix(".git/hooks/"), !name.hasSuffix(".sample") { return .gitHook }
      if forWriting, inWorkspace == ".git/config" { return .gitConfiguration }
    }
    return Self.systemSecrets.contains(path) ? .systemSecret : nil
  }

  private static func relative(_ path: String, to directory: String) -> String? {
    path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : nil
  }

  private static let startupFiles: Set<String> = [
    ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zshenv", ".zprofile", ".config/fish/config.fish",
  ]
  private static let systemSecrets: Set<String> = ["/etc/shadow", "/etc/gshadow", "/etc/sudoers"]
}
