internal import Catalog
internal import Enforcement
internal import Evidence
internal import Policy

/// Makes, for every credential in the user's environment that the agent may use, the placeholder that it sees instead.
struct CredentialPlaceholders {
  /// What stands in the environment inside, by variable.
  private(set) var environment: [String: String] = [:]
  private(set) var entries: [PlaceholderTable.Entry] = []

  /// - Throws: ``RunError`` with `.usage` for a `--secret` that names no variable, host or value.
  init(_ settings: RunSettings, random: inout some RandomNumberGenerator) throws(RunError) {
    for binding in settings.knowledge.secrets(of: settings.profile) {
      add(binding.name, hosts: binding.hosts, prefix: binding.prefix ?? "", from: settings.environment, &random)
    }
    for grant in settings.policy.secrets {
      add(grant.name, hosts: grant.hosts.map(\.description), prefix: "", from: settings.environment, &random)
    }
    for text in settings.options.secrets {
      guard let at = text.lastIndex(of: "@"), at != text.startIndex, text.index(after: at) != text.endIndex else {
        throw RunError(.usage, at: "--secret", "'\(text)' is not NAME@HOST.")
      }
      let name = String(text[..<at])
      guard settings.environment[name]?.isEmpty == false else {
        throw RunError(.usage, at: "--secret", "the variable \(name) is not set.", remedy: "Export it, then run again.")
      }
      add(name, hosts: [text[text.index(after: at)...].lowercased()], prefix: "", from: settings.environment, &random)
    }
  }

  private mutating func add(
    _ name: String, hosts: [String], prefix: String, from outside: [String: String],
    _ random: inout some RandomNumberGenerator
  ) {
    guard let value = outside[name], !value.isEmpty else { return }
    if let index = entries.firstIndex(where: { $0.name == name }) {
      entries[index] = .init(
        name: name, placeholder: entries[index].placeholder, value: Secret(value), hosts: entries[index].hosts + hosts)
      return
    }
    let placeholder = Self.placeholder(like: value, prefix: prefix, &random)
    environment[name] = placeholder
    entries.append(.init(name: name, placeholder: placeholder, value: Secret(value), hosts: hosts))
  }

  /// Random, in the real value's length and with its format's public prefix, so that clients which check the shape
  /// of a key take it; never shorter than 24 characters, so that it is found wherever it goes.
  static func placeholder(like value: String, prefix: String, _ random: inout some RandomNumberGenerator) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    let kept = value.hasPrefix(prefix) ? prefix : ""
    let count = max(24, min(value.utf8.count, 256) - kept.utf8.count)
    return kept + String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
  }
}
