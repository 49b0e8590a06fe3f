internal import Decoding

/// Bytes of the message to be replaced by others.
struct Edit {
  let range: Range<Int>
  let bytes: [UInt8]

  init(range: Range<Int>, bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }

  /// The edit that puts `replacement` in the place of a part of a view, encoded again as that was.
  ///
  /// - Returns: `nil` where an encoding cannot be put back on a part of the text, as compression cannot.
  init?(of part: Range<Int>, in view: DecodedView, replacement: [UInt8], _ form: BodyForm) {
    var range = part
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
    case "percent", "form": return (outer, percentEncoded(bytes))
    case _ where view.isUnescapedText: return (outer, bytes)
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

  /// - Parameter edits: in ascending order, and none overlaps another.
  /// - Returns: the new text, and where the edits are in it.
  static func apply(_ edits: [Edit], to text: [UInt8]) -> (text: [UInt8], places: [Range<Int>]) {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var places: [Range<Int>] = []
    var position = 0
    for edit in edits {
      out += text[position..<edit.range.lowerBound]
      places.append(out.count..<out.count + edit.bytes.count)
      out += edit.bytes
      position = edit.range.upperBound
    }
    return (out + text[position...], places)
  }
}
