/// What of a segment of text comes from documents.
struct SegmentMatch: Sendable {
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

    /// - Parameter run: what it is among the runs of the other segment.
    func moved(by offset: Int, run: Int) -> Claim {
      Claim(
        document: document, text: text, place: place.lowerBound + offset..<place.upperBound + offset, copies: copies,
        run: run)
    }
  }

  /// A line that is not blank.
  struct Line {
    let hash: UInt32
    /// Bytes of the run that it is claimed with, or 0.
    let runBytes: UInt32
    /// Where in the segment it begins.
    let start: Int

    func moved(by offset: Int) -> Line { Line(hash: hash, runBytes: runBytes, start: start + offset) }
  }

  var claims: ContiguousArray<Claim> = []
  /// All its lines, if anybody wants to know.
  var lines: [Line] = []
  /// Lines that stand in many files; in their order where ``lines`` are told.
  var common: [Line] = []
  /// Whether it asked for more comparisons than are made, so that some of it was not looked at.
  var isCut = false

  /// Numbers of runs are below it.
  var runCount: Int { (claims.lazy.map(\.run).max() ?? -1) + 1 }

  /// Claims of runs that have text on both sides of the offset.
  func crossing(_ offset: Int) -> [Claim] {
    let before = Set(claims.filter { $0.place.lowerBound < offset }.map(\.run))
    let after = Set(claims.filter { $0.place.upperBound > offset }.map(\.run))
    return claims.filter { $0.run >= 0 && before.contains($0.run) && after.contains($0.run) }
  }
}
