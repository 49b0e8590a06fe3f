/// A pattern for files below one directory, read as git reads a line of `.gitignore` (gitignore(5)), without negation
/// and without ranges of characters.
///
/// `*` and `?` stay within a name, `**` crosses directories. A pattern without a slash, or with one only at its end,
/// matches at any depth; any other one is anchored at the directory. What names a directory covers all that is in it,
/// except that a last part of `*` means the files themselves, as in a CODEOWNERS file. Case counts.
package struct FilePattern: Sendable, Hashable {
  package let text: String
  private let segments: [Segment]
  /// Written with a slash at its end: matches directories only.
  private let isDirectory: Bool
  private let descends: Bool

  private enum Segment: Sendable, Hashable {
    case directories
    case name(FileNamePattern)
  }

  /// - Returns: `nil` for an empty pattern, one with an empty part, `.`, `..` or a zero byte, or one that is longer than
  ///   ``PatternLimits`` takes.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= PatternLimits.patternBytes, !bytes.contains(0) else { return nil }
    let slash = UInt8(ascii: "/")
    let isAnchored = bytes.dropLast().contains(slash)
    isDirectory = bytes.last == slash
    var body = bytes[...]
    if body.first == slash { body = body.dropFirst() }
    if isDirectory { body = body.dropLast() }
    var segments: [Segment] = isAnchored ? [] : [.directories]
    for part in body.split(separator: slash, omittingEmptySubsequences: false) {
      if part.elementsEqual("**".utf8) {
        if segments.last != .directories { segments.append(.directories) }
      } else if let name = FileNamePattern(part) {
        segments.append(.name(name))
      } else {
        return nil
      }
    }
    if segments.last == .directories { segments.append(.name(.anything)) }
    guard segments.count <= PatternLimits.wildTokens else { return nil }
    self.text = text
    self.segments = segments
    if case .name(let name)? = segments.last, name.isStar { descends = isDirectory } else { descends = true }
  }

  /// The most steps that one path of so many bytes can cost.
  package func cost(of path: FileSegments) -> Int {
    let isWild = segments.contains { if case .name(let name) = $0 { name.hasWildcard } else { false } }
    return path.count * (isWild ? max(1, text.utf8.count) : 1) + segments.count
  }

  package func matches(_ path: String) -> Bool { matches(FileSegments(path)) }

  /// Bit `i` of the states says that the first `i` segments can have been consumed.
  package func matches(_ path: FileSegments) -> Bool {
    let end: UInt64 = 1 << UInt64(segments.count)
    var states = closed(1)
    for (index, range) in path.ranges.enumerated() {
      states = after(path.bytes[range], from: states)
      guard states != 0 else { return false }
      guard states & end != 0 else { continue }
      let isWhole = index == path.ranges.count - 1
      if isWhole ? !isDirectory : descends { return true }
    }
    return false
  }

  /// Whether it matches all that the other one matches, as far as the parts tell: never true where it does not.
  package func covers(_ other: FilePattern) -> Bool {
    let end: UInt64 = 1 << UInt64(segments.count)
    var states = closed(1)
    for (index, segment) in other.segments.enumerated() {
      states = after(segment, from: states)
      guard states != 0 else { return false }
      // The last part of a pattern is a name, so that behind this one there is more.
      if states & end != 0, index < other.segments.count - 1, descends { return true }
    }
    guard states & end != 0, other.isDirectory || !isDirectory else { return false }
    return !other.descends || descends || states & anyRest != 0
  }

  /// The state before a final `**`, from which whatever follows matches; none where there is no such end.
  private var anyRest: UInt64 {
    guard segments.suffix(2) == [.directories, .name(.anything)], !isDirectory else { return 0 }
    return 1 << UInt64(segments.count - 2)
  }

  private func after(_ segment: Segment, from states: UInt64) -> UInt64 {
    var next: UInt64 = 0
    for index in segments.indices where states & (1 << UInt64(index)) != 0 {
      switch (segments[index], segment) {
      case (.directories, _): next |= 1 << UInt64(index)
      case (.name(let one), .name(let two)): if one.covers(two) { next |= 1 << UInt64(index + 1) }
      case (.name, .directories): break
      }
    }
    return closed(next)
  }

  private func after(_ name: ArraySlice<UInt8>, from states: UInt64) -> UInt64 {
    var next: UInt64 = 0
    var remaining = states
    while remaining != 0 {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      guard index < segments.count else { continue }
      switch segments[index] {
      case .directories: next |= 1 << UInt64(index)
      case .name(let pattern): if pattern.matches(name) { next |= 1 << UInt64(index + 1) }
      }
    }
    return closed(next)
  }

  /// `**` may stand for no directory at all.
  private func closed(_ states: UInt64) -> UInt64 {
    var states = states
    for (index, segment) in segments.enumerated() where segment == .directories && states & (1 << UInt64(index)) != 0 {
      states |= 1 << UInt64(index + 1)
    }
    return states
  }
}
