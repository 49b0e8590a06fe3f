internal import Patterns

/// A request's path with what will be another next time taken out of it.
enum PathShape {
  /// The text of a pattern that matches this path and those that differ only in identifiers.
  ///
  /// - Parameter path: as an exchange records it: with names of detectors in place of what they found.
  /// - Returns: `nil` where servers disagree on what the path means, so that no rule can open it.
  static func pattern(of path: String) -> String? {
    let target = RequestTarget(path)
    guard target.isPlain else { return nil }
    let segments = target.path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var pattern = ""
    for segment in segments {
      let text = String(decoding: segment, as: UTF8.self)
      let part = "/" + (isIdentifier(segment) || !PolicyReader.isPrintable(text) ? "*" : text)
      guard pattern.utf8.count + part.utf8.count + 3 <= PatternLimits.patternBytes else {
        pattern += "/**"
        break
      }
      pattern += part
    }
    guard let compiled = PathPattern(pattern), compiled.matches(target) else { return nil }
    return pattern
  }

  /// A number, a hash, a UUID or a long word of letters and digits; also what a pattern cannot say literally.
  private static func isIdentifier(_ segment: ArraySlice<UInt8>) -> Bool {
    guard !segment.isEmpty else { return false }
    if segment.contains(where: { "*<?".utf8.contains($0) }) { return true }
    if segment.allSatisfy(isDigit) { return true }
    let words = segment.split { !isDigit($0) && !isLetter($0) }
    if words.contains(where: { isHash($0) || isMixed($0) }) { return true }
    return segment.count >= longWord
      && words.contains { word in
        word.count >= longWord && word.count(where: isDigit) >= 3 && word.contains(where: isLetter)
      }
  }

  /// Letters and digits in one word that nobody chose to be read.
  private static let longWord = 16
  /// The shortest abbreviation of a hash; UUIDs begin with as many.
  private static let hashDigits = 8

  private static func isHash(_ word: ArraySlice<UInt8>) -> Bool {
    word.count >= hashDigits && word.contains(where: isDigit)
      && word.allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
  }

  /// Capitals and small letters in about equal parts, as keys in base 64 have and words do not.
  private static func isMixed(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= mixedWord else { return false }
    let capitals = word.count { (0x41...0x5a).contains($0) }
    let small = word.count { (0x61...0x7a).contains($0) }
    return capitals * 10 >= word.count * 3 && small * 10 >= word.count * 3
  }

  private static let mixedWord = 12

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
}
