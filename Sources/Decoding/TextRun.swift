/// Passes on decoded bytes that are text in a row; noise between them stays out of the view.
///
/// Nearly every token that looks like base64 and is not decodes to noise, as do pictures. Only text can hold a
/// credential, so only text is worth a look.
struct TextRun {
  private let layer: String
  private let classes = CharacterTable.classes
  private(set) var child: DecodedView?
  private var pending: SIMD16<UInt8> = .zero
  /// Bytes of text in a row, of which the first ``DecodingLimits/minimumTextRun`` - 1 wait.
  private(set) var length = 0
  private var lastWasZero = false
  /// Bytes that a character beyond ASCII still has.
  private var expectedTail = 0
  private var isTooDeep = false

  init(_ layer: String) { self.layer = layer }

  /// The same run, in the copy of its view.
  func copy(_ copies: TreeCopy) -> TextRun? {
    guard let child else { return self }
    guard let child = copies.view(child) else { return nil }
    var copy = self
    copy.child = child
    return copy
  }

  var isActive: Bool { length >= DecodingLimits.minimumTextRun }

  mutating func end() {
    length = 0
    expectedTail = 0
  }

  /// Takes the next byte.
  ///
  /// - Returns: true where the byte completes a run that is long enough: the caller passes it on from its first byte,
  ///   `minimumTextRun - 1` ago.
  @inline(__always)
  mutating func push(_ byte: UInt8) -> Bool {
    if byte >= 0x80 || expectedTail > 0 || Self.isOfTerminals(byte), isActive, goesOn(byte) {
      child?.write(byte)
      return false
    }
    // Two zeros in a row are no UTF-16.
    let isZero = byte == 0
    guard classes[Int(byte)] & CharacterTable.text != 0 || isZero && !(lastWasZero && length > 0) else {
      end()
      return false
    }
    lastWasZero = isZero
    length += 1
    if length > DecodingLimits.minimumTextRun {
      child?.write(byte)
      return false
    }
    pending[length - 1] = byte
    return length == DecodingLimits.minimumTextRun
  }

  /// Bell, backspace and escape: what is written for terminals has them between its words.
  @inline(__always)
  static func isOfTerminals(_ byte: UInt8) -> Bool { byte == 0x07 || byte == 0x08 || byte == 0x1b }

  /// Whether the byte is of a terminal's sequence, or belongs to a character of UTF-8 beyond ASCII (RFC 3629 §4). Such a character does not begin a run:
  /// noise has too many of its bytes.
  private mutating func goesOn(_ byte: UInt8) -> Bool {
    if expectedTail > 0 {
      expectedTail -= 1
      if byte & 0xc0 == 0x80 { return true }
      // A character that is cut ends the run before it.
      end()
      return false
    }
    switch byte {
    case 0..<0x20: return true
    case 0xc2...0xdf: expectedTail = 1
    case 0xe0...0xef: expectedTail = 2
    case 0xf0...0xf4: expectedTail = 3
    default: return false
    }
    return true
  }

  /// Whether all bytes that wait are this one.
  func isAll(_ byte: UInt8) -> Bool { (0..<DecodingLimits.minimumTextRun).allSatisfy { pending[$0] == byte } }

  /// Lets a run of one byte wait for another one: digits that stand for themselves, as `33` does in hexadecimal, are in
  /// each other as often as they are there.
  mutating func holdBack() { length -= 1 }

  /// Starts the run in the child, whose place the caller then marks.
  mutating func open(_ view: DecodedView, at offset: Int) -> DecodedView? {
    guard !isTooDeep else { return nil }
    if child == nil { child = view.makeChild(layer, at: offset) }
    isTooDeep = child == nil
    child?.writeSeparator()
    return child
  }

  /// The waiting byte at `index` of the run.
  func waiting(_ index: Int) -> UInt8 { pending[index] }
}
