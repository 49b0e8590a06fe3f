/// What the lines of `.gitignore` files leave out (gitignore(5)): those of a folder and of the folders above it.
package struct IgnoreRules: Sendable, Hashable {
  private struct Rule: Sendable, Hashable {
    let pattern: FilePattern
    let isNegated: Bool
    /// How many parts of a path lie above the folder that the file is in.
    let depth: Int
  }

  private var rules: [Rule] = []

  package init() {}

  /// Stands for whatever is in a folder; no pattern names it.
  private static let something = "/" + String(repeating: "\u{1}", count: 16)

  /// Lines of one file that are read.
  private static let mostLines = 10_000
  /// Patterns that one with `[…]` may stand for.
  private static let mostAlternatives = 32

  /// The rules here and those of a file in a folder below.
  ///
  /// - Parameters:
  ///   - text: lines that are no patterns, or that this cannot read, leave nothing out.
  ///   - depth: parts of the folder's own path.
  package func adding(_ text: String, depth: Int) -> IgnoreRules {
    var more = self
    // The end of a line with a carriage return is one character.
    for line in text.split(whereSeparator: \.isNewline).prefix(Self.mostLines) {
      var pattern = Self.trimmed(line)
      guard !pattern.isEmpty, pattern.first != UInt8(ascii: "#") else { continue }
      let isNegated = pattern.first == UInt8(ascii: "!")
      if isNegated { pattern = pattern.dropFirst() }
      for alternative in Self.alternatives(of: pattern) {
        guard let pattern = FilePattern(String(decoding: alternative, as: UTF8.self)) else { continue }
        more.rules.append(Rule(pattern: pattern, isNegated: isNegated, depth: depth))
      }
    }
    return more
  }

  /// Without blanks at the end, unless a backslash stands before.
  private static func trimmed(_ line: Substring) -> ArraySlice<UInt8> {
    var bytes = Array(line.utf8)[...]
    while bytes.last == 0x20, bytes.dropLast().last != UInt8(ascii: "\\") { bytes = bytes.dropLast() }
    return bytes
  }

  /// Whether a path is left out: the last rule that matches decides.
  ///
  /// - Parameter path: of a file or folder, in parts from the root on; nothing above it is left out.
  package func leavesOut(_ path: [String], isFolder: Bool) -> Bool {
    guard !rules.isEmpty else { return false }
    var segments: [Int: (itself: FileSegments, within: FileSegments)] = [:]
    for rule in rules.reversed() where rule.depth < path.count {
      let below: (itself: FileSegments, within: FileSegments)
      if let known = segments[rule.depth] {
        below = known
      } else {
        let text = path[rule.depth...].joined(separator: "/")
        // A pattern of folders only matches what is in them.
        below = (FileSegments(text), FileSegments(isFolder ? text + Self.something : text))
        segments[rule.depth] = below
      }
      if rule.pattern.matches(below.itself) || (isFolder && rule.pattern.matches(below.within)) {
        return !rule.isNegated
      }
    }
    return false
  }

  /// `*.py[co]` as `*.pyc` and `*.pyo`. What stands for too many, or for all but some, is left as it is, so that it
  /// matches nothing and leaves nothing out.
  private static func alternatives(of pattern: ArraySlice<UInt8>) -> [[UInt8]] {
    var found: [[UInt8]] = [[]]
    var index = pattern.startIndex
    while index < pattern.endIndex {
      let byte = pattern[index]
      if byte == UInt8(ascii: "["), let (letters, end) = letters(in: pattern, from: index),
        found.count * letters.count <= mostAlternatives
      {
        found = found.flatMap { start in letters.map { start + [UInt8(ascii: "\\"), $0] } }
        index = end
        continue
      }
      let isEscape = byte == UInt8(ascii: "\\") && index + 1 < pattern.endIndex
      for place in found.indices { found[place].append(contentsOf: pattern[index...(isEscape ? index + 1 : index)]) }
      index += isEscape ? 2 : 1
    }
    return found
  }

  /// The letters of `[a-c_]`, and what is behind it.
  private static func letters(in pattern: ArraySlice<UInt8>, from start: Int) -> (letters: [UInt8], end: Int)? {
    guard let end = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let inside = Array(pattern[(start + 1)..<end])
    guard let first = inside.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "^") else { return nil }
    var letters: [UInt8] = []
    var index = 0
    while index < inside.count {
      if index + 2 < inside.count, inside[index + 1] == UInt8(ascii: "-") {
        guard inside[index] <= inside[index + 2] else { return nil }
        letters += inside[index]...inside[index + 2]
        index += 3
      } else {
        letters.append(inside[index])
        index += 1
      }
    }
    return (letters, end + 1)
  }
}
