/// What of a segment of text comes from documents.
struct SegmentMatch {
  /// Text of a document that is in the segment.
  struct Claim {
    let document: Int
    /// In the store's text.
    let text: Range<Int>
    /// In the segment.
    let place: Range<Int>
    let copies: Int
  }

  var claims: ContiguousArray<Claim> = []
  /// Hashes of all its lines.
  var lines: [UInt32] = []
  /// Hashes of lines that stand in many files.
  var common: Set<UInt32> = []
  /// Whether it asked for more comparisons than are made, so that some of it was not looked at.
  var isCut = false
}
