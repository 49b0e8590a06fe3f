internal import Catalog
internal import Policy

/// The variables that `--env` passes on or sets.
struct SetVariables: Sendable {
  let values: [String: String]

  /// - Throws: ``RunError`` with `.usage` for one that cannot be set, or that something else decides.
  init(
    _ options: RunOptions, policy: PolicyDocument, knowledge: Knowledge, outside: [String: String]
  ) throws(RunError) {
    var values: [String: String] = [:]
    let hidden = Set(
      policy.secrets.map(\.name) + options.secrets.compactMap { $0.split(separator: "@").first.map(String.init) })
    for text in options.environment {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0]
      guard !name.isEmpty, name.utf8.allSatisfy({ (0x21..<0x7f).contains($0) }) else {
        throw Self.mistake(
          name.isEmpty ? "'\(text)' has no name before its value." : "'\(name)' is no name of a variable.",
          "Write NAME to pass a variable on, or NAME=VALUE to set it.")
      }
      if let remedy = Self.owner(of: name, options: options, knowledge: knowledge) {
        throw Self.mistake("\(name) is set by Sallyport itself, so this would change nothing.", remedy)
      }
      if parts.count > 1, hidden.contains(name) {
        throw Self.mistake(
          "\(name) is a secret that the agent sees only a placeholder of, by --secret or the policy.",
          "Leave --env away for it, or do not make it a secret.")
      }
      guard let value = parts.count > 1 ? parts[1] : outside[name] else {
        throw Self.mistake("the variable \(name) is not set.", "Export it, or write \(name)=VALUE.")
      }
      values[name] = value
    }
    self.values = values
  }

  /// What to do about a variable whose value is decided elsewhere; `nil` where it is not.
  private static func owner(of name: String, options: RunOptions, knowledge: Knowledge) -> String? {
    if AgentEnvironment.fixed.contains(name) { return "Leave --env away for it." }
    if knowledge.trustVariables.contains(where: { $0.name == name }) {
      return "To trust more authorities, use --upstream-ca."
    }
    guard options.setsProxyVariables, AgentEnvironment.proxyNames.contains(name) else { return nil }
    return "With --no-proxy-environment it is yours to set."
  }

  private static func mistake(_ sentence: String, _ remedy: String) -> RunError {
    RunError(.usage, at: "--env", sentence, remedy: remedy)
  }
}
