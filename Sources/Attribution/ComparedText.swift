/// Text of a message that was let go, and what was found in it: what the next message repeats is not looked for again.
struct ComparedText: Sendable {
  let snapshot: IndexSnapshot
  let text: [UInt8]
  let match: SegmentMatch

  /// Bytes of text from which on it is worth keeping.
  static let leastBytes = 4096
}
