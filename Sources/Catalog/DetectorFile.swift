internal import Documents
internal import Evidence
internal import Yams

/// One detector's file while it is read: what each member must be, and where it stands.
struct DetectorFile {
  let name: String
  let nodes: [String: Node]

  static let members: Set<String> = [
    "id", "name", "class", "grade", "patterns", "keywords", "context", "validator", "entropy", "generic", "issuers",
    "examples", "counterExamples", "sources", "words", "words-file", "severity",
  ]

  init(name: String, text: String) throws(DetectorFileError) {
    self.name = name
    try Self.refuseAliases(in: text, name)
    let node: Node?
    do {
      node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw DetectorFileError(
        file: name, line: Self.line(of: error), sentence: "not YAML: \(Self.problem(of: error))",
        remedy: "correct the syntax")
    }
    guard let mapping = node?.mapping else {
      throw DetectorFileError(
        file: name, line: 1, sentence: "a detector is a mapping", remedy: "begin with 'id: …'")
    }
    // By text, once: to compare two of its nodes costs Yams more than to read a line.
    nodes = Dictionary(mapping.map { ($0.key.string ?? "", $0.value) }) { first, _ in first }
    for key in mapping.keys where !Self.members.contains(key.string ?? "") {
      throw error(
        key, "'\(key.string ?? "?")' is no member of a detector",
        Self.choice(among: Self.members.sorted(), nearest: key.string ?? ""))
    }
  }

  /// A mapping's keys are compared, and a few hundred bytes of aliases can stand for a key of billions of values.
  private static func refuseAliases(in text: String, _ name: String) throws(DetectorFileError) {
    do throws(DocumentProblem) {
      try DocumentNode.refuseAliases(in: text, file: name)
    } catch {
      throw DetectorFileError(
        file: name, line: error.place.line, sentence: "it has \(error.found)", remedy: "write \(error.expected)")
    }
  }

  private static func line(of error: any Error) -> Int {
    switch error {
    case YamlError.scanner(_, _, let mark, _), YamlError.parser(_, _, let mark, _),
      YamlError.composer(_, _, let mark, _):
      mark.line
    case YamlError.duplicatedKeysInMapping(_, let context): context.mark.line
    default: 1
    }
  }

  private static func problem(of error: any Error) -> String {
    switch error {
    case YamlError.scanner(_, let problem, _, _), YamlError.parser(_, let problem, _, _),
      YamlError.composer(_, let problem, _, _):
      problem
    case YamlError.duplicatedKeysInMapping(let keys, _): "\(keys.count) keys stand twice"
    default: "it cannot be read"
    }
  }

  func error(_ node: Node?, _ sentence: String, _ remedy: String) -> DetectorFileError {
    DetectorFileError(file: name, line: node?.mark?.line ?? 1, sentence: sentence, remedy: remedy)
  }

  /// - Parameter directory: where the file lies; `nil` for one that names no other.
  func rule(in directory: String? = nil) throws(DetectorFileError) -> DetectorRule {
    let words = try words(in: directory)
    let id = try text("id")
    guard id.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }), !id.isEmpty
    else {
      throw error(nodes["id"], "the id '\(id)' has other characters than a-z, 0-9 and '-'", "rename the detector")
    }
    let dataClass = try choice("class", DataClass.self, else: words == nil ? .credential : .proprietary)
    let rule = DetectorRule(
      id: id, name: try text("name"),
      dataClass: dataClass, grade: try choice("grade", Grade.self, else: words == nil ? nil : .redact),
      severity: try choice("severity", Severity.self, else: dataClass.severity), patterns: try texts("patterns"),
      words: words ?? [], keywords: try texts("keywords"),
      context: try context(),
      validator: nodes["validator"]?.string, minimumEntropy: try number("entropy"), isGeneric: try flag("generic"),
      issuers: try texts("issuers"), examples: try texts("examples"), counterExamples: try texts("counterExamples"),
      sources: try texts("sources"),
      exampleLines: lines("examples"), counterExampleLines: lines("counterExamples"),
      file: name, line: nodes["id"]?.mark?.line ?? 1, lines: linesByText,
      wordsFile: wordsFile(in: directory))
    guard words == nil else { return rule }
    for (member, values) in [
      ("patterns", rule.patterns), ("examples", rule.examples), ("counterExamples", rule.counterExamples),
      ("sources", rule.sources),
    ] where values.isEmpty {
      throw error(nodes[member], "'\(member)' is missing or empty", "give at least one")
    }
    return rule
  }

  /// Those of patterns and of the check's name.
  private var linesByText: [String: Int] {
    let items = (nodes["patterns"]?.sequence.map(Array.init) ?? []) + [nodes["validator"]].compactMap(\.self)
    let places = items.compactMap { node in
      node.mark.map { (node.scalar?.string ?? node.sequence?.compactMap(\.scalar?.string).joined() ?? "", $0.line) }
    }
    return Dictionary(places) { first, _ in first }
  }

  /// The right words, and which of them may have been meant.
  private static func choice(among words: [String], nearest word: String) -> String {
    let hint = NearestWord.to(word, among: words).map { " (did you mean '\($0)'?)" } ?? ""
    return "use one of \(words.joined(separator: ", "))\(hint)"
  }

  private func text(_ member: String) throws(DetectorFileError) -> String {
    guard let text = nodes[member]?.scalar?.string, !text.isEmpty else {
      throw error(nodes[member], "'\(member)' should be a text", "write '\(member): …'")
    }
    return text
  }

  private func choice<Value: RawRepresentable & CaseIterable>(
    _ member: String, _ type: Value.Type, else fallback: Value? = nil
  ) throws(DetectorFileError) -> Value where Value.RawValue == String {
    if nodes[member] == nil, let fallback { return fallback }
    let text = try text(member)
    guard let value = Value(rawValue: text) else {
      throw error(
        nodes[member], "'\(text)' is no \(member)",
        Self.choice(among: Value.allCases.map(\.rawValue), nearest: text))
    }
    return value
  }

  private func context() throws(DetectorFileError) -> DetectorContext? {
    guard let node = nodes["context"] else { return nil }
    let remedy = "write 'context: {words: [tax id], without: note}'"
    guard let members = node.mapping else { throw error(node, "'context' should be a mapping", remedy) }
    let words = members["words"]?.sequence?.compactMap(\.scalar?.string) ?? []
    guard !words.isEmpty, words.count == members["words"]?.sequence?.count else {
      throw error(node, "'words' of 'context' should be a list of texts", remedy)
    }
    for key in members.keys where key.string != "words" && key.string != "without" {
      throw error(key, "'\(key.string ?? "?")' is no member of 'context'", remedy)
    }
    switch members["without"]?.scalar?.string {
    case nil, "none": return DetectorContext(words: words)
    case "note": return DetectorContext(words: words, without: .note)
    case "redact": return DetectorContext(words: words, without: .redact)
    case .some(let text): throw error(node, "'without' is '\(text)'", "write none, note or redact")
    }
  }

  private func number(_ member: String) throws(DetectorFileError) -> Double {
    guard let node = nodes[member] else { return 0 }
    guard let text = node.scalar?.string, let value = Double(text), (0...8).contains(value) else {
      throw error(node, "'\(member)' should be bits per byte, 0 to 8", "write a number such as 3.5")
    }
    return value
  }

  private func flag(_ member: String) throws(DetectorFileError) -> Bool {
    switch nodes[member]?.scalar?.string {
    case nil, "false": return false
    case "true": return true
    case .some(let text): throw error(nodes[member], "'\(member)' is '\(text)'", "write true or false")
    }
  }

  /// Where each item of a sequence stands.
  private func lines(_ member: String) -> [Int] {
    nodes[member]?.sequence?.map { $0.mark?.line ?? 1 } ?? []
  }

  /// A sequence of texts; each may be a sequence itself, whose parts are joined.
  private func texts(_ member: String) throws(DetectorFileError) -> [String] {
    guard let node = nodes[member] else { return [] }
    guard let sequence = node.sequence else { throw error(node, "'\(member)' should be a list", "write '- …' lines") }
    var texts: [String] = []
    for item in sequence {
      if let text = item.scalar?.string {
        texts.append(text)
      } else if let parts = item.sequence, parts.allSatisfy({ $0.scalar != nil }) {
        texts.append(parts.compactMap { $0.scalar?.string }.joined())
      } else {
        throw error(item, "an item of '\(member)' should be a text or a list of texts", "write '- …' or '- [a, b]'")
      }
    }
    return texts
  }
}
