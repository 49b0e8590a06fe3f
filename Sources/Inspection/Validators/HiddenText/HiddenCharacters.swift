/// What characters that nobody sees are there for, told by those in a row.
///
/// - Source: Unicode Technical Standard 51, annex C (tag sequences); Unicode Technical Standard 37 (variation sequences).
enum HiddenCharacters {
  /// Tags in a row are a flag, or a text that no program shows.
  ///
  /// - Parameter text: tag characters, U+E0000...U+E007F, with the black flag U+1F3F4 before them where one stands there.
  static func tags(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    var tags = scalars(text)
    if tags.first == blackFlag { tags.removeFirst() }
    if isRegion(tags) { return .refuted }
    return tags.count < certainTags ? .doubtful : .confirmed
  }

  private static let blackFlag: UInt32 = 0x1f3f4
  private static let cancelTag: UInt32 = 0xe007f
  private static let certainTags = 6

  /// A country and a part of it, as ISO 3166-2 writes them, in lower case: `gbeng`.
  private static func isRegion(_ tags: [UInt32]) -> Bool {
    guard (4...7).contains(tags.count), tags.last == cancelTag else { return false }
    let letters = tags.dropLast().map { $0 - 0xe0000 }
    return letters.prefix(2).allSatisfy { (0x61...0x7a).contains($0) }
      && letters.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
  }

  /// One selector follows a character. In a row they are a slip of the keyboard, all the same; different ones are bytes.
  ///
  /// - Parameter text: variation selectors, U+FE00...U+FE0F and U+E0100...U+E01EF.
  static func selectors(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let all = scalars(text)
    guard Set(all).count > 1 else { return .refuted }
    return all.count < certainSelectors ? .doubtful : .confirmed
  }

  private static let certainSelectors = 6

  /// Characters without width in a row are filling, which repeats one or a few, or a code of two or more of them.
  static func zeroWidth(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let all = scalars(text)
    guard Set(all).count > 1, !repeats(all) else { return .refuted }
    return all.count < certainWidths ? .doubtful : .confirmed
  }

  private static let certainWidths = 24
  /// Characters of a filling, after which it begins again.
  private static let longestFilling = 6

  private static func repeats(_ all: [UInt32]) -> Bool {
    (1...longestFilling).contains { period in
      all.count >= 2 * period && (period..<all.count).allSatisfy { all[$0] == all[$0 - period] }
    }
  }

  /// What is no UTF-8 stands for U+FFFD.
  static func scalars(_ text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
  }
}
