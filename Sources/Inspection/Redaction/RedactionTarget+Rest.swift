internal import Decoding
internal import Evidence

/// What belongs to a credential and no pattern sees. Of what would be left of it nobody knows what it is: a second look
/// finds nothing.
extension RedactionTarget {
  /// - Parameter isJSON: then nothing reaches out of the string that it is in.
  func withItsRest(isJSON: Bool) -> RedactionTarget {
    guard kind.dataClass == .credential, !isPassage else { return self }
    return withItsKey(isJSON: isJSON) ?? withItsString ?? withItsWord
  }

  /// The rest of the word behind it: where one credential stands right behind another, a pattern may take a part of the
  /// second for the first's.
  private var withItsWord: RedactionTarget {
    let end = endInView
    let rest = view.bytes.buffer[end...].prefix(InspectionLimits.longestRest).prefix(while: ByteSet.word.contains)
    return rest.isEmpty ? self : reaching(by: rest.count)
  }

  /// The rest of a string without blanks that it begins: a pattern may end at a quote that is a part of it.
  private var withItsString: RedactionTarget? {
    let bytes = view.bytes.buffer
    let quote = range.lowerBound - view.bytes.base - 1
    guard quote >= 0, quote < bytes.count, Self.quotes.contains(bytes[quote]) else { return nil }
    // A string within strings has its quotes behind as many backslashes as there are strings around it, and twice as many
    // and one for each of its own: 0, 1, 3, 7.
    let escapes = bytes[..<quote].reversed().prefix(InspectionLimits.longestRest).prefix { $0 == Self.backslash }.count
    let (start, end) = (endInView, min(bytes.count, endInView + InspectionLimits.longestRest))
    // What ends in backslashes ends within an escape.
    var index = start - bytes[(quote + 1)..<start].reversed().prefix { $0 == Self.backslash }.count
    while index < end {
      let run = bytes[index..<end].prefix { $0 == Self.backslash }.count
      guard index + run < end else { return nil }
      let byte = bytes[index + run]
      if byte == bytes[quote], run % (2 * (escapes + 1)) == escapes {
        // In the shell a quote within a string is written so, and the string goes on.
        guard bytes[(index + run)..<end].starts(with: Self.shellQuote) else { return reaching(by: index - start) }
        index += run + Self.shellQuote.count
        continue
      }
      guard byte > 0x20, run == 0 || !Self.isBlankEscape(bytes[(index + run)..<end]) else { return nil }
      index += run + 1
    }
    return nil
  }

  private static let backslash = UInt8(ascii: "\\")
  /// Lines' ends, tabs, and `u` with the four digits of a blank or a control, or with none.
  ///
  /// - Parameter text: behind the backslash.
  private static func isBlankEscape(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard text.first == UInt8(ascii: "u") else { return text.first.map(ByteSet("nrt".utf8).contains) ?? false }
    return Int(String(decoding: text.dropFirst().prefix(4), as: UTF8.self), radix: 16).map { $0 <= 0x20 } ?? true
  }
  private static let quotes = ByteSet("\"'`".utf8)
  private static let shellQuote = Array("'\\''".utf8)

  /// A credential that is known again wherever it stands.
  var credential: (value: [UInt8], kind: RedactedKind)? {
    guard kind.dataClass == .credential, !isPassage, range.count >= Self.shortestCredential else { return nil }
    let start = max(0, range.lowerBound - view.bytes.base)
    return (Array(view.bytes.buffer[min(start, endInView)..<endInView]), kind)
  }

  /// Shorter ones are words, too.
  private static let shortestCredential = 8

  // MARK: Private keys

  /// A private key up to its last line (RFC 7468 §2), whatever stands between: a text behind an escape is short, and a
  /// pattern ends at what is none of the key's.
  ///
  /// - Returns: `nil` for what begins as none does, or is whole.
  private func withItsKey(isJSON: Bool) -> RedactionTarget? {
    let bytes = view.bytes
    let secret = bytes.buffer[max(0, range.lowerBound - bytes.base)..<endInView]
    guard secret.starts(with: Self.keyBeginning), secret.firstRange(of: Self.keyEnd) == nil else { return nil }
    var target = self
    while target.view.isUnescapedText, let parent = target.view.parentView {
      target = RedactionTarget(target.view.parentSpan(target.range), kind, in: parent)
    }
    return target.reaching(by: target.restOfKey(isJSON: isJSON))
  }

  /// Bytes behind it that are of the same key: up to its last line, or as far as they can be of one.
  private func restOfKey(isJSON: Bool) -> Int {
    let start = endInView
    var rest = view.bytes.buffer[start...].prefix(InspectionLimits.longestKey)
    if isJSON { rest = rest.prefix { $0 != UInt8(ascii: "\"") } }
    if let next = rest.firstRange(of: Self.keyBeginning) { rest = rest[..<next.lowerBound] }
    guard let last = rest.firstRange(of: Self.keyEnd) else { return rest.prefix(while: Self.ofKeys.contains).count }
    let name = rest[last.upperBound...].prefix(Self.longestName)
    return (name.firstRange(of: Self.dashes) ?? last).upperBound - start
  }

  private static let keyBeginning = Array("-----BEGIN ".utf8)
  private static let keyEnd = Array("-----END ".utf8)
  private static let dashes = Array("-----".utf8)
  /// Base64, and how lines end in texts and in strings of them.
  private static let ofKeys = ByteSet.alphanumeric.union(ByteSet("+/=\\ \t\r\n".utf8))
  /// Bytes of `RSA PRIVATE KEY-----`.
  private static let longestName = 48

  // MARK: Reaching

  private var endInView: Int { min(range.upperBound - view.bytes.base, view.bytes.buffer.count) }

  private func reaching(by count: Int) -> RedactionTarget {
    guard count > 0 else { return self }
    let end = range.upperBound + count
    return reaching(end, max(span.upperBound, view.originalSpan(range.upperBound..<end).upperBound))
  }
}
