internal import Documents
internal import Patterns

/// Reads one catalogue file's nodes into values and collects what is wrong with them.
struct CatalogReader {
  var reading = DocumentReader()
  /// `vendors/anthropic.yaml`, as facts are cited.
  let file: String
  private var sources: [String: FactSource] = [:]
  /// Named but not understood: said once, not again for each fact that cites them.
  private var brokenSources: Set<String> = []

  init(file: String) {
    self.file = file
  }

  var allSources: [FactSource] { sources.sorted { $0.key < $1.key }.map(\.value) }

  /// What facts of this file may cite; must be read before them.
  mutating func readSources(_ fields: [String: DocumentNode], at root: DocumentNode) {
    guard let node = fields["sources"] else { return }
    guard case .map(let entries) = node.content, !entries.isEmpty else {
      reading.report(node.place, found: node.summary, expected: "sources by name, each with from, evidence and date")
      return
    }
    for entry in entries {
      let fields = reading.fields(
        entry.value, keys: CatalogKeys.source, required: ["from", "evidence", "date"], of: "a source")
      let from = fields["from"].flatMap { reading.text($0, as: "where it comes from") }
      let evidence = fields["evidence"].flatMap { reading.word($0, of: FactSource.Evidence.self, as: "evidence") }
      let date = fields["date"].flatMap { reading.value($0, as: "a date such as 2026-11-20", Self.date) }
      let version = fields["version"].flatMap { reading.text($0, as: "a version") }
      guard let from, let evidence, let date else {
        brokenSources.insert(entry.key)
        continue
      }
      sources[entry.key] = FactSource(from: from, evidence: evidence, version: version, date: date)
    }
  }

  mutating func source(_ fields: [String: DocumentNode]) -> FactSource? {
    guard let node = fields["source"], let name = reading.text(node, as: "the name of a source") else { return nil }
    if let source = sources[name] { return source }
    if brokenSources.contains(name) { return nil }
    let known = sources.keys.sorted()
    reading.report(
      node.place, found: node.summary, expected: "a source of this file: \(DocumentReader.list(known))",
      nearest: NearestWord.to(name, among: known))
    return nil
  }

  /// Lower-case letters, digits and hyphens.
  mutating func identifier(_ node: DocumentNode?, as thing: String) -> String? {
    guard let node else { return nil }
    return reading.value(node, as: "\(thing) of lower-case letters, digits, dots and hyphens") { text in
      let isGood = text.utf8.allSatisfy { byte in
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: ".")
      }
      return isGood && !text.isEmpty && text.utf8.count <= 64 ? text : nil
    }
  }

  mutating func fileGrants(_ node: DocumentNode?) -> [FileGrant] {
    guard let node else { return [] }
    return reading.list(node, of: "files").compactMap { node in
      let fields = reading.fields(node, keys: CatalogKeys.file, required: ["path", "access", "source"], of: "a file")
      let path = fields["path"].flatMap {
        reading.value($0, as: "a path that begins with / or ~/, and neither of them whole") { text in
          let parts = text.split(separator: "/")
          let isRooted = text.hasPrefix("/") || text.hasPrefix("~/")
          return isRooted && !parts.contains("..") && parts.contains { $0 != "." && $0 != "~" } ? text : nil
        }
      }
      let access = fields["access"].flatMap { reading.word($0, of: FileGrant.Access.self, as: "an access") }
      let isOptional = fields["optional"].flatMap { reading.flag($0, as: "whether it may be missing") }
      guard let path, let access, let source = source(fields) else { return nil }
      return FileGrant(path: path, access: access, isOptional: isOptional ?? true, source: source)
    }
  }

  /// Groups of names that share a source.
  mutating func names(_ node: DocumentNode?, as thing: String) -> [(names: [DocumentNode], source: FactSource)] {
    guard let node else { return [] }
    return reading.list(node, of: "maps with names and source").compactMap { node in
      let fields = reading.fields(node, keys: CatalogKeys.names, required: ["names", "source"], of: thing)
      guard let names = fields["names"], let source = source(fields) else { return nil }
      return (reading.elements(names, as: thing), source)
    }
  }

  mutating func variables(_ node: DocumentNode?) -> [String] {
    let form = "the name of a variable, with a final * for any rest"
    return names(node, as: "variables").flatMap { group in
      group.names.compactMap { node in reading.value(node, as: form) { Self.isVariable($0) ? $0 : nil } }
    }
  }

  mutating func secretBindings(_ node: DocumentNode?) -> [SecretBinding] {
    guard let node else { return [] }
    return reading.list(node, of: "secrets").compactMap { node in
      let fields = reading.fields(
        node, keys: CatalogKeys.secret, required: ["name", "hosts", "source"], of: "a secret")
      let name = fields["name"].flatMap {
        reading.value($0, as: "the name of a variable") { Self.isVariable($0) && !$0.hasSuffix("*") ? $0 : nil }
      }
      let hosts = fields["hosts"].map { self.hosts($0) } ?? []
      let prefix = fields["prefix"].flatMap { reading.text($0, as: "what a key begins with") }
      let alphabet = fields["alphabet"].flatMap { reading.word($0, of: SecretBinding.Alphabet.self, as: "an alphabet") }
      let length = fields["length"].flatMap { reading.integer($0, in: 8...200, as: "a length") }
      let isSent = fields["sent"].flatMap { reading.flag($0, as: "whether it is sent as it is") }
      guard let name, let source = source(fields) else { return nil }
      return SecretBinding(
        name: name, hosts: hosts, prefix: prefix ?? "", alphabet: alphabet ?? .base62, length: length ?? 40,
        isSent: isSent ?? true, source: source)
    }
  }

  /// Hosts of one owner, not half the world.
  mutating func hosts(_ node: DocumentNode) -> [DestinationPattern] {
    let form = "hosts such as api.example.com or \"*.example.com\", whose last two labels are written out"
    return reading.values(node, as: form) { text in
      DestinationPattern(text).flatMap { $0.spansOwners ? nil : $0 }
    }
  }

  static func isVariable(_ text: String) -> Bool {
    let name = text.hasSuffix("*") ? text.dropLast() : text[...]
    return !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte)
          || byte == UInt8(ascii: "_")
      }
  }

  /// `2026-11-20`.
  private static func date(_ text: String) -> String? {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3, (2000...2999).contains(numbers[0]),
      (1...12).contains(numbers[1]), (1...31).contains(numbers[2])
    else { return nil }
    return text
  }
}
