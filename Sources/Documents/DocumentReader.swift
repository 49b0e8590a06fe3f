/// Reads values out of a document's nodes and collects every problem on the way, so that one look shows them all.
///
/// Each method answers `nil` (or nothing) where it has written a problem down.
package struct DocumentReader {
  package private(set) var problems: [DocumentProblem] = []

  package init() {}

  package mutating func report(
    _ place: DocumentPlace, found: String, expected: String, nearest: String? = nil
  ) {
    guard problems.count < DocumentLimits.problems else { return }
    problems.append(DocumentProblem(place: place, found: found, expected: expected, nearest: nearest))
  }

  package mutating func report(_ problem: DocumentProblem) {
    report(problem.place, found: problem.found, expected: problem.expected, nearest: problem.nearest)
  }

  /// The fields of a map by name; a key that is none of `keys` is a problem with the nearest right word.
  package mutating func fields(
    _ node: DocumentNode, keys: [String], required: [String] = [], of thing: String
  ) -> [String: DocumentNode] {
    guard case .map(let entries) = node.content else {
      report(node.place, found: node.summary, expected: "\(thing): a map with \(Self.list(keys))")
      return [:]
    }
    var fields: [String: DocumentNode] = [:]
    for entry in entries {
      guard keys.contains(entry.key) else {
        report(
          entry.keyPlace, found: "'\(DocumentNode.shortened(entry.key))' in \(thing)",
          expected: Self.list(keys), nearest: NearestWord.to(entry.key, among: keys))
        continue
      }
      fields[entry.key] = entry.value
    }
    for key in required where fields[key] == nil {
      report(node.place, found: "\(thing) without '\(key)'", expected: "'\(key)'")
    }
    return fields
  }

  package mutating func text(_ node: DocumentNode, as thing: String) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isEmpty else {
      report(node.place, found: node.isEmpty ? "nothing" : node.summary, expected: thing)
      return nil
    }
    return text
  }

  /// One value or a list of them; none is a problem.
  package mutating func elements(_ node: DocumentNode, as thing: String) -> [DocumentNode] {
    if node.isEmpty {
      report(node.place, found: "nothing", expected: thing)
      return []
    }
    guard case .list(let elements) = node.content else { return [node] }
    return elements
  }

  /// A list, never a single value; nothing written means none.
  package mutating func list(_ node: DocumentNode, of thing: String) -> [DocumentNode] {
    if node.isEmpty { return [] }
    guard case .list(let elements) = node.content else {
      report(node.place, found: node.summary, expected: "a list of \(thing)")
      return []
    }
    return elements
  }

  package mutating func texts(_ node: DocumentNode, as thing: String) -> [String] {
    var texts: [String] = []
    for element in elements(node, as: thing) {
      if let text = text(element, as: thing) { texts.append(text) }
    }
    return texts
  }

  /// A word out of an enumeration.
  package mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: DocumentNode, of type: Word.Type, as thing: String
  ) -> Word? where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue)
    guard case .scalar(let text, _) = node.content, !node.isEmpty else {
      report(node.place, found: node.isEmpty ? "nothing" : node.summary, expected: "\(thing): \(Self.list(words))")
      return nil
    }
    if let word = Word(rawValue: text) { return word }
    report(
      node.place, found: node.summary, expected: "\(thing): \(Self.list(words))",
      nearest: NearestWord.to(text, among: words))
    return nil
  }

  package mutating func words<Word: RawRepresentable & CaseIterable>(
    _ node: DocumentNode, of type: Word.Type, as thing: String
  ) -> [Word] where Word.RawValue == String {
    var words: [Word] = []
    for element in elements(node, as: "\(thing): \(Self.list(Word.allCases.map(\.rawValue)))") {
      if let word = word(element, of: type, as: thing) { words.append(word) }
    }
    return words
  }

  /// A value made from text by `parse`; `thing` says which forms there are.
  package mutating func value<Value>(
    _ node: DocumentNode, as thing: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, as: thing) else { return nil }
    if let value = parse(text) { return value }
    report(node.place, found: node.summary, expected: thing)
    return nil
  }

  package mutating func values<Value>(
    _ node: DocumentNode, as thing: String, _ parse: (String) -> Value?
  ) -> [Value] {
    var values: [Value] = []
    for element in elements(node, as: thing) {
      if let value = value(element, as: thing, parse) { values.append(value) }
    }
    return values
  }

  package mutating func flag(_ node: DocumentNode, as thing: String) -> Bool? {
    switch node.content {
    case .scalar("true", false): return true
    case .scalar("false", false): return false
    default:
      report(node.place, found: node.summary, expected: "\(thing): true or false")
      return nil
    }
  }

  package mutating func integer(_ node: DocumentNode, in range: ClosedRange<Int>, as thing: String) -> Int? {
    value(node, as: "\(thing): a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// `a, b or c`.
  package static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
