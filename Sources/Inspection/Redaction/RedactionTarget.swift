internal import Decoding

/// Something that is to be taken out, where it was seen.
struct RedactionTarget {
  let detector: String
  /// In ``view``.
  let range: Range<Int>
  let view: DecodedView
  /// In the message.
  let span: Range<Int>
  /// Strings of JSON around it.
  var depth = 0

  /// In which order those that overlap count: first who reads the text as it is, with all escapes of the strings around it
  /// taken off, since with one too few `\ngrace@…` begins with an n; then the fewest encodings.
  var order: (Int, Int, Int, Int) {
    let count = view.layers.count
    let isText = count <= depth && view.layers.allSatisfy { $0 == "json" }
    return (isText ? 0 : 1, isText ? -count : count, span.lowerBound, -span.count)
  }

  init(_ sighting: Sighting, in view: DecodedView) {
    detector = sighting.detector
    range = sighting.secret
    self.view = view
    span = sighting.span
  }

  init(_ range: Range<Int>, _ detector: String, in view: DecodedView) {
    self.detector = detector
    self.range = range
    self.view = view
    span = view.originalSpan(range)
  }
}
