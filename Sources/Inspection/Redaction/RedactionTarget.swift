internal import Decoding

/// Something that is to be taken out, where it was seen.
struct RedactionTarget {
  let detector: String
  /// In ``view``.
  let range: Range<Int>
  let view: DecodedView
  /// In the message.
  let span: Range<Int>

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
