internal import Decoding

/// A part of a view, turned back.
struct TurnedText {
  let bytes: [UInt8]
  let turn: Turn
  /// In the bytes, where the match would begin.
  let start: Int
  /// Whether nothing that comes can change what is in the bytes.
  let isWhole: Bool
  /// In the view.
  private let place: Range<Int>

  /// What stands around a literal that ends at an offset of the view, as far as its pattern and words near it go.
  ///
  /// - Parameters:
  ///   - longest: bytes that a match may have.
  ///   - context: bytes before and behind it that are turned, too.
  /// - Returns: `nil` where bytes are missing.
  init?(
    _ literal: TurnedLiteral, endingAt end: Int, in view: DecodedView, longest: Int,
    context: Int = InspectionLimits.keywordBytes, isLast: Bool
  ) {
    let (base, buffer) = view.bytes
    let limit: Int
    switch literal.turn {
    case .reversed:
      limit = end + context
      place = max(base, end - longest - context)..<min(view.end, limit)
      start = place.upperBound - end
      guard isLast || limit <= view.end else { return nil }
      isWhole = true
    case .rot13:
      let first = end - literal.bytes.count
      limit = first + longest + context
      place = max(base, first - context)..<min(view.end, limit)
      start = first - place.lowerBound
      isWhole = isLast || limit <= view.end
    }
    turn = literal.turn
    bytes = turn.turned(buffer[place.lowerBound - base..<place.upperBound - base])
  }

  /// Where the bytes at indices stand in the view.
  func range(of indices: Range<Int>) -> Range<Int> {
    switch turn {
    case .reversed: place.upperBound - indices.upperBound..<place.upperBound - indices.lowerBound
    case .rot13: place.lowerBound + indices.lowerBound..<place.lowerBound + indices.upperBound
    }
  }
}
