/// Passes on decoded bytes that are text in a row; noise between them stays out of the view.
///
/// Nearly every token that looks like base64 and is not decodes to noise, as do pictures. Only text can hold a
/// credential, so only text is worth a look.
struct TextRun {
  private let layer: String
  private(set) var child: DecodedView?
  private var pending: SIMD16<UInt8> = .zero
  /// Bytes of text in a row, of which the first ``DecodingLimits/minimumTextRun`` - 1 wait.
  private(set) var length = 0
  private var lastWasZero = false
  private var isTooDeep = false

  init(_ layer: String) { self.layer = layer }

  var isActive: Bool { length >= DecodingLimits.minimumTextRun }

  mutating func end() { length = 0 }

  enum Step {
    /// The byte is noise, waits, or was passed on in the middle of a run.
    case going
    /// The byte completes a run that is long enough: it is passed on from its first byte, `minimumTextRun - 1` ago.
    case begins
  }

  /// Takes the next byte.
  mutating func push(_ byte: UInt8) -> Step {
    // Two zeros in a row are no UTF-16.
    let isZero = byte == 0
    guard CharacterTable.classes[Int(byte)] & CharacterTable.text != 0 || isZero && !(lastWasZero && length > 0) else {
      length = 0
      return .going
    }
    lastWasZero = isZero
    length += 1
    if length < DecodingLimits.minimumTextRun {
      pending[length - 1] = byte
      return .going
    }
    if length > DecodingLimits.minimumTextRun {
      child?.write(byte)
      return .going
    }
    pending[length - 1] = byte
    return .begins
  }

  /// Starts the run in the child, whose place the caller then marks before ``flushPending(from:)``.
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
