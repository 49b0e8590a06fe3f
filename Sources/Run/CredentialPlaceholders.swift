internal import Catalog
internal import Enforcement
internal import Evidence
internal import Patterns
internal import Policy

/// Makes, for every credential in the user's environment that the agent may use, the placeholder that it sees instead.
struct CredentialPlaceholders {
  /// What stands in the environment inside, by variable.
  private(set) var environment: [String: String] = [:]
  private(set) var entries: [PlaceholderTable.Entry] = []

  /// - Throws: ``RunError`` with `.usage` for a `--secret` that names no variable, host or value.
  init(_ settings: RunSettings, random: inout some RandomNumberGenerator) throws(RunError) {
    // What the agent's own file says of a variable comes before what a vendor's says of it.
    for binding in (settings.profile?.secrets ?? []) + settings.knowledge.secrets where binding.isSent {
      guard !entries.contains(where: { $0.name == binding.name }) else { continue }
      add(
        binding.name, hosts: binding.hosts,
        placeholder: Self.placeholder(for: binding, like: settings.environment[binding.name], &random),
        from: settings.environment
      )
    }
    for grant in settings.policy.secrets {
      add(
        grant.name, hosts: grant.hosts,
        placeholder: Self.placeholder(like: settings.environment[grant.name], &random), from: settings.environment)
    }
    for text in settings.options.secrets {
      guard let at = text.lastIndex(of: "@"), at != text.startIndex, text.index(after: at) != text.endIndex else {
        throw RunError(
          .usage, at: "--secret", "'\(text)' is not NAME@HOST.", remedy: "Write it as GITHUB_TOKEN@api.github.com.")
      }
      let name = String(text[..<at])
      guard settings.environment[name]?.isEmpty == false else {
        throw RunError(.usage, at: "--secret", "the variable \(name) is not set.", remedy: "Export it, then run again.")
      }
      guard let host = DestinationPattern(String(text[text.index(after: at)...])) else {
        throw RunError(
          .usage, at: "--secret", "'\(text)' does not end in a host.",
          remedy: "Write it as GITHUB_TOKEN@api.github.com.")
      }
      guard !host.spansOwners else {
        throw RunError(
          .usage, at: "--secret", "'\(host.text)' is not one owner's hosts, but every host or many strangers'.",
          remedy: "Name the host that the secret is for, or a wildcard such as *.example.com.")
      }
      add(
        name, hosts: [host], placeholder: Self.placeholder(like: settings.environment[name], &random),
        from: settings.environment)
    }
  }

  private mutating func add(
    _ name: String, hosts: [DestinationPattern], placeholder: String, from outside: [String: String]
  ) {
    guard let value = outside[name], !value.isEmpty else { return }
    if let index = entries.firstIndex(where: { $0.name == name }) {
      entries[index].hosts += hosts
      return
    }
    environment[name] = placeholder
    entries.append(.init(name: name, placeholder: placeholder, value: Secret(value), hosts: hosts))
  }

  /// Of the real value's length, so that what is forwarded is as long as what was inspected; of the documented length
  /// where the real one is too short to hide in.
  private static func placeholder(
    for binding: SecretBinding, like value: String?, _ random: inout some RandomNumberGenerator
  ) -> String {
    let count = (value?.utf8.count ?? 0) - binding.prefix.utf8.count
    guard count >= 16 else { return binding.placeholder(using: &random) }
    return binding.prefix + Self.characters(count, of: binding.alphabet, &random)
  }

  /// For a credential whose form nobody described: long enough to be found wherever it goes.
  private static func placeholder(like value: String?, _ random: inout some RandomNumberGenerator) -> String {
    Self.characters(max(24, value?.utf8.count ?? 0), of: .base62, &random)
  }

  private static func characters(
    _ count: Int, of alphabet: SecretBinding.Alphabet, _ random: inout some RandomNumberGenerator
  ) -> String {
    let characters = alphabet.characters
    return String((0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &random)] })
  }
}
