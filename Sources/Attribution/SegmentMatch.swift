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
    /// The run that it belongs to, among those of the segment; -1 for a part of a long line.
    let run: Int
  }

  var claims: ContiguousArray<Claim> = []
  /// Hashes of all its lines.
  var lines: [UInt32] = []
  /// For each of them the bytes of the run that it is claimed with, or 0.
  var runBytes: [UInt32] = []
  /// Hashes of lines that stand in many files.
  var common: Set<UInt32> = []
  /// Whether it asked for more comparisons than are made, so that some of it was not looked at.
  var isCut = false

  /// Claims of runs that have text on both sides of the offset.
  func crossing(_ offset: Int) -> [Claim] {
    let before = Set(claims.filter { $0.place.lowerBound < offset }.map(\.run))
    let after = Set(claims.filter { $0.place.upperBound > offset }.map(\.run))
    return claims.filter { $0.run >= 0 && before.contains($0.run) && after.contains($0.run) }
  }
}
