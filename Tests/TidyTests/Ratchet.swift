/// The exceptions that are left from before, each with exactly as much as it still needs.
struct Ratchet {
  struct Entry: Hashable {
    let rule: String
    let place: String
    let allowance: Int
    let line: Int
  }

  let entries: [Entry]
  let malformed: [Violation]

  /// - Parameter text: `rule place measure` a line; `#` begins a comment.
  init(_ text: String) {
    var entries: [Entry] = []
    var malformed: [Violation] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.prefix { $0 != "#" || line.first != "#" }.split(separator: " ").map(String.init)
      guard let rule = words.first else { continue }
      guard words.count == 3, let allowance = Int(words[2]) else {
        malformed.append(
          Violation(
            rule: "exceptions", path: Self.path, line: number + 1, sentence: "expected: rule place measure"))
        continue
      }
      entries.append(Entry(rule: rule, place: words[1], allowance: allowance, line: number + 1))
    }
    self.entries = entries
    self.malformed = malformed
  }

  static let path = "Tests/TidyTests/Exceptions.txt"

  /// What is left to complain about: violations without an exception, exceptions that were outgrown, and exceptions
  /// that allow more than is needed, since they may only shrink.
  func remaining(of violations: [Violation]) -> [Violation] {
    let groups = Dictionary(grouping: violations) { Key(rule: $0.rule, place: $0.place) }
    var allowed: Set<Key> = []
    var complaints: [Violation] = []
    for entry in entries {
      let key = Key(rule: entry.rule, place: entry.place)
      let measure = groups[key]?.reduce(0) { $0 + $1.measure } ?? 0
      if measure <= entry.allowance { allowed.insert(key) }
      if measure < entry.allowance {
        let advice = measure == 0 ? "take this line out" : "write \(measure)"
        complaints.append(
          Violation(
            rule: "exceptions", path: Self.path, line: entry.line,
            sentence: "\(entry.rule) \(entry.place) has shrunk below \(entry.allowance): \(advice)"))
      }
    }
    return malformed + violations.filter { !allowed.contains(Key(rule: $0.rule, place: $0.place)) } + complaints
  }

  private struct Key: Hashable {
    let rule: String
    let place: String
  }
}
