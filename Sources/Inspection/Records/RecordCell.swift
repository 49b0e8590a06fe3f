/// One personal or financial thing, as far as it may be a cell of a table.
struct RecordCell {
  /// In the view.
  let start: Int
  let end: Int
  /// In the message as it was sent.
  let span: Range<Int>
  /// Of the detector among all.
  let detector: Int
  /// Worth more than a note.
  let isStrong: Bool
  /// A check or a word near it speaks for it.
  let isSure: Bool
  /// Of its fingerprint.
  let hash: UInt64

  static func precedes(_ left: RecordCell, _ right: RecordCell) -> Bool {
    (left.start, left.end, left.detector) < (right.start, right.end, right.detector)
  }
}
