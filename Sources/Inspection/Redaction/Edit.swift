internal import Decoding

/// Bytes of the message to be replaced by others.
struct Edit {
  let range: Range<Int>
  let bytes: [UInt8]

  /// The edit that puts `replacement` in the place of what was sighted, encoded again as it was.
  ///
  /// - Returns: `nil` where an encoding cannot be put back on a part of the text, as compression cannot.
  init?(of sighting: Sighting, in view: DecodedView, replacement: [UInt8], _ form: BodyForm) {
    var range = sighting.secret
    var bytes = replacement
    let isPlain = view.parentView == nil
    var view = view
    while let parent = view.parentView {
      guard let outer = Self.lift(range, bytes, from: view, to: parent) else { return nil }
      (range, bytes) = outer
      view = parent
    }
    self.range = range
    // Under another encoding nothing is left that the form's own one would change.
    self.bytes = isPlain ? form.encode(bytes) : bytes
  }

  private static func lift(
    _ range: Range<Int>, _ bytes: [UInt8], from view: DecodedView, to parent: DecodedView
  ) -> (Range<Int>, [UInt8])? {
    let outer = view.parentSpan(range)
    switch view.layers.last {
    case "json": return (outer, bytes)
    case "percent", "form": return (outer, percentEncoded(bytes))
    // Digits with something between them would lose it.
    case "hex" where outer.count == 2 * range.count:
      return (outer, bytes.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] })
    case "utf-16":
      let isBigEndian = parent.bytes.buffer[outer.lowerBound] == 0
      return (outer, bytes.flatMap { isBigEndian ? [0, $0] : [$0, 0] })
    case "base64":
      guard let phase = view.base64Phase(of: range.lowerBound) else { return nil }
      return Base64Edit(outer, phase: phase, in: parent.bytes.buffer)?.replacing(with: bytes)
    default: return nil
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// All but the unreserved characters (RFC 3986 §2.3).
  static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      let isUnreserved = ByteSet.word.contains(byte) || "-.~".utf8.contains(byte)
      return isUnreserved ? [byte] : [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
    }
  }

  /// - Parameter edits: none overlaps another.
  static func apply(_ edits: [Edit], to text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var position = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= text.count else { return [] }
      out += text[position..<edit.range.lowerBound]
      out += edit.bytes
      position = edit.range.upperBound
    }
    return out + text[position...]
  }
}
