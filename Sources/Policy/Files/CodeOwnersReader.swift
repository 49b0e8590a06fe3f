internal import Documents
internal import Patterns

extension CodeOwners {
  /// Reads a CODEOWNERS file; a failure lists every problem found.
  ///
  /// A service that reads it skips what it does not understand. Here a skipped line would leave files without the owner
  /// whom a rule names, so it is a problem.
  package static func parse(_ text: String, file: String) -> Result<CodeOwners, PolicyErrors> {
    var reader = CodeOwnersReader(file: file)
    reader.read(text)
    let problems = reader.reading.problems
    return problems.isEmpty
      ? .success(CodeOwners(file: file, sections: reader.sections)) : .failure(PolicyErrors(problems: problems))
  }
}

/// Reads a CODEOWNERS file line by line and collects what is wrong.
struct CodeOwnersReader {
  private(set) var reading = DocumentReader()
  private(set) var sections = [CodeOwners.Section(name: "")]
  private let file: String
  /// Position in ``sections`` of the one that is being read, and its default owners.
  private var current = 0
  private var defaults: [String] = []
  private var positions = ["": 0]

  init(file: String) { self.file = file }

  mutating func read(_ text: String) {
    guard text.utf8.count <= PolicyLimits.ownerFileBytes else {
      return reading.report(
        DocumentPlace(file: file, line: 1), found: "\(text.utf8.count) bytes",
        expected: "at most \(PolicyLimits.ownerFileBytes)")
    }
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard number <= PolicyLimits.ownerLines else {
        return reading.report(
          DocumentPlace(file: file, line: number), found: "one more line", expected: "at most \(number - 1)")
      }
      let mark: [UInt8] = [0xef, 0xbb, 0xbf]
      let bytes = Array(line)
      self.line(number == 1 && bytes.starts(with: mark) ? bytes[3...] : bytes[...], number)
    }
  }

  private mutating func line(_ line: ArraySlice<UInt8>, _ number: Int) {
    let words = Self.words(of: line)
    guard let first = words.first else { return }
    let place = DocumentPlace(file: file, line: number)
    let text = String(decoding: first, as: UTF8.self)
    if let head = Self.head(String(decoding: line, as: UTF8.self)) {
      return section(head.name, owners: head.owners, at: place)
    }
    guard !text.hasPrefix("!") else {
      return reading.report(place, found: "'\(DocumentNode.shortened(text))'", expected: "a pattern without '!'")
    }
    guard !Self.hasRange(first), let pattern = FilePattern(text) else {
      return reading.report(
        place, found: "'\(DocumentNode.shortened(text))'",
        expected:
          "a pattern such as *.js, /docs/ or src/**/test, of at most \(PatternLimits.patternBytes) bytes and without ranges in [ ]"
      )
    }
    let owners = words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    guard let known = self.owners(owners, at: place) else { return }
    sections[current].lines.append(CodeOwners.Line(pattern: pattern, owners: known.isEmpty ? defaults : known))
  }

  private mutating func section(_ name: String, owners: [String], at place: DocumentPlace) {
    guard let owners = self.owners(owners, at: place) else { return }
    let key = name.lowercased()
    defaults = owners
    if let position = positions[key] {
      current = position
    } else {
      guard sections.count < PolicyLimits.ownerSections else {
        return reading.report(place, found: "one more section", expected: "at most \(PolicyLimits.ownerSections)")
      }
      current = sections.count
      positions[key] = current
      sections.append(CodeOwners.Section(name: key))
    }
  }

  private mutating func owners(_ words: [String], at place: DocumentPlace) -> [String]? {
    guard words.count <= PolicyLimits.ownersOfLine else {
      reading.report(place, found: "\(words.count) owners", expected: "at most \(PolicyLimits.ownersOfLine)")
      return nil
    }
    for word in words where !Self.isOwner(word) {
      reading.report(
        place, found: "'\(DocumentNode.shortened(word))'",
        expected: "an owner such as @someone, @example/security-team or someone@example.com")
      return nil
    }
    return words.map { $0.lowercased() }
  }

  /// Words between white space; a backslash keeps the byte behind it, and `#` in front of a word begins a comment.
  private static func words(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var start: Int?
    var isEscaped = false
    for (index, byte) in zip(line.indices, line) {
      let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
      if isSpace, !isEscaped {
        if let begin = start { words.append(line[begin..<index]) }
        start = nil
      } else if start == nil {
        if byte == UInt8(ascii: "#") { return words }
        start = index
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    if let begin = start { words.append(line[begin...]) }
    return words
  }

  private static func hasRange(_ pattern: ArraySlice<UInt8>) -> Bool {
    var isEscaped = false
    for byte in pattern {
      if byte == UInt8(ascii: "["), !isEscaped { return true }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return false
  }

  /// `[Documentation]`, `^[Optional]`, `[Two approvals][2] @docs-team`.
  private static func head(_ line: String) -> (name: String, owners: [String])? {
    var rest = line[...]
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    if rest.first == "^" { rest.removeFirst() }
    guard rest.first == "[", let close = rest.firstIndex(of: "]") else { return nil }
    let name = rest[rest.index(after: rest.startIndex)..<close]
    rest = rest[rest.index(after: close)...]
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]"), rest[rest.index(after: rest.startIndex)..<end].allSatisfy(\.isNumber)
      else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    guard !name.isEmpty, rest.first.map({ " \t\r".contains($0) }) ?? true else { return nil }
    let owners = words(of: Array(rest.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    return (String(name), owners)
  }

  /// A name or a team behind `@`, a role behind `@@`, or an address.
  static func isOwner(_ word: String) -> Bool {
    let parts = word.split(separator: "@", omittingEmptySubsequences: false)
    guard word.utf8.count <= PolicyLimits.ownerBytes, PolicyReader.isPrintable(word), let last = parts.last,
      !last.isEmpty
    else { return false }
    switch parts.count {
    case 2: return true
    case 3: return parts[0].isEmpty && parts[1].isEmpty
    default: return false
    }
  }
}
