/// Finds Ascii85 between `<~` and `~>`, and decodes it.
///
/// Without its marks it is not told from text: all its characters are those of text. Where an escape stands before it, it
/// is read here all the same: some of its characters look like escapes.
struct Ascii85Decoder {
  private var next = 0
  private var reader: Ascii85Reader?
  private var isOpen = false
  /// Where the text is read again for a preview: the beginning of a group, and of one further on.
  private var anchors = (0, 0)

  private static let anchorStride = DecodingLimits.previewBytes / 2

  var needed: Int { max(0, next - 1) }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool {
    guard let original = reader else { return true }
    reader = original.copy(copies)
    return reader != nil
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    while next < end {
      if isOpen { read(view, to: end) } else { search(view, to: end) }
    }
    if isLast, isOpen { close(view) }
  }

  /// What is open is read again, as far back as the view keeps it.
  func preview(_ view: DecodedView) {
    guard isOpen else { return }
    var decoder = Ascii85Decoder()
    decoder.begin(at: anchors.0 >= view.window.base ? anchors.0 : max(anchors.1, view.window.base))
    decoder.decode(view, upTo: view.end, isLast: true)
  }

  private mutating func search(_ view: DecodedView, to end: Int) {
    guard let found = view.window.first(UInt8(ascii: "~"), from: next, to: end) else { return next = end }
    next = found + 1
    guard found > view.window.base, view.window.bytes[found - 1 - view.window.base] == UInt8(ascii: "<") else { return }
    begin(at: next)
  }

  private mutating func begin(at offset: Int) {
    reader = reader ?? Ascii85Reader()
    reader?.begin()
    isOpen = true
    next = offset
    anchors = (offset, offset)
  }

  private mutating func read(_ view: DecodedView, to end: Int) {
    guard let reader else { return }
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    while next < end {
      if reader.isBetweenGroups, next - anchors.1 >= Self.anchorStride { anchors = (anchors.1, next) }
      guard reader.take(bytes[next], at: next, of: view) else { return close(view) }
      next += 1
    }
  }

  private mutating func close(_ view: DecodedView) {
    reader?.end(at: next, of: view)
    isOpen = false
  }
}
