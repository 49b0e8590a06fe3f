internal import Yams

extension DocumentNode {
  /// Reads one YAML document.
  ///
  /// Bounded by ``DocumentLimits``. Anchors together with aliases are refused before anything is built, because a few
  /// hundred bytes of them can stand for billions of values.
  package static func read(yaml: String, file: String) throws(DocumentProblem) -> DocumentNode {
    guard yaml.utf8.count <= DocumentLimits.bytes else {
      throw DocumentProblem(
        place: DocumentPlace(file: file, line: 1), found: "a file of \(yaml.utf8.count) bytes",
        expected: "at most \(DocumentLimits.bytes)")
    }
    try refuseAliases(in: yaml, file: file)
    let root: Node?
    do {
      // Without rules that tell numbers, dates and the like from text: only the text is asked for here, and Yams would
      // try seven regular expressions on each key to find those that stand twice.
      root = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw problem(from: error, file: file)
    } catch {
      throw DocumentProblem(
        place: DocumentPlace(file: file, line: 1), found: "text that does not parse", expected: "YAML 1.1")
    }
    guard let root else {
      throw DocumentProblem(place: DocumentPlace(file: file, line: 1), found: "an empty file", expected: "a map")
    }
    return try converted(root, file: file, parentLine: 1, depth: 0)
  }

  private static func converted(
    _ node: Node, file: String, parentLine: Int, depth: Int
  ) throws(DocumentProblem) -> DocumentNode {
    let place = DocumentPlace(file: file, line: node.mark?.line ?? parentLine)
    guard depth < DocumentLimits.depth else {
      throw DocumentProblem(
        place: place, found: "a value inside \(depth) others", expected: "at most \(DocumentLimits.depth) levels")
    }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain && scalar.style != .any
      return DocumentNode(place: place, content: .scalar(scalar.string, isQuoted: isQuoted))
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      for element in sequence {
        elements.append(try converted(element, file: file, parentLine: place.line, depth: depth + 1))
      }
      return DocumentNode(place: place, content: .list(elements))
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw DocumentProblem(place: place, found: "a list or map as a key", expected: "a word before the colon")
        }
        let keyPlace = DocumentPlace(file: file, line: key.mark?.line ?? place.line)
        let value = try converted(value, file: file, parentLine: keyPlace.line, depth: depth + 1)
        entries.append(Entry(key: name.string, keyPlace: keyPlace, value: value))
      }
      return DocumentNode(place: place, content: .map(entries))
    case .alias:
      throw DocumentProblem(place: place, found: "an alias", expected: "the value itself")
    }
  }

  /// Looks for both `&name` and `*name` where YAML could read them so. Sound rather than exact: a comment with both is
  /// refused too, and says how to go on. For whoever reads YAML without ``read(yaml:file:)``.
  package static func refuseAliases(in yaml: String, file: String) throws(DocumentProblem) {
    var line = 1
    var previous = UInt8(ascii: "\n")
    var candidate: UInt8?
    var hasAnchor = false
    var aliasLine: Int?
    for byte in yaml.utf8 {
      if let sigil = candidate, isNameByte(byte) {
        if sigil == UInt8(ascii: "&") { hasAnchor = true } else { aliasLine = aliasLine ?? line }
      }
      candidate = (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) && !joinsWord(previous) ? byte : nil
      if byte == UInt8(ascii: "\n") { line += 1 }
      previous = byte
    }
    guard hasAnchor, let aliasLine else { return }
    throw DocumentProblem(
      place: DocumentPlace(file: file, line: aliasLine), found: "YAML anchors and aliases (&name, *name)",
      expected: "each value written out (put the text in quotes if no alias is meant)")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Behind these a sigil cannot begin a YAML token.
  private static func joinsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"),
      UInt8(ascii: "."), UInt8(ascii: "="):
      true
    default: false
    }
  }

  private static func problem(from error: YamlError, file: String) -> DocumentProblem {
    func at(_ line: Int, _ found: String, _ expected: String = "YAML") -> DocumentProblem {
      DocumentProblem(place: DocumentPlace(file: file, line: max(1, line)), found: found, expected: expected)
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if problem.hasPrefix("did not find expected alphabetic or numeric character") {
        return at(mark.line, "a bare '*' or '&'", "the pattern in quotes, as in \"*.example.com\"")
      }
      return at(mark.line, "text that does not parse (\(problem))")
    case .duplicatedKeysInMapping(let keys, let context):
      let word = keys.first.map(shortened) ?? "a key"
      return at(context.mark.line, "'\(word)' more than once", "each key once")
    case .reader(_, let offset, _, let yaml):
      let before = yaml.utf8.prefix(max(0, offset ?? 0))
      return at(1 + before.count { $0 == UInt8(ascii: "\n") }, "a character that YAML does not allow", "text")
    default:
      return at(1, "text that does not parse")
    }
  }
}
