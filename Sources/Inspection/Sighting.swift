internal import Decoding
internal import Evidence

/// A confirmed match in one view, before sightings of the same thing in several views become one finding.
struct Sighting {
  let detector: String
  let dataClass: DataClass
  let grade: Grade
  let isGeneric: Bool
  let order: Int
  /// In the message as it was sent.
  let span: Range<Int>
  let view: Int
  /// In the view.
  let secret: Range<Int>
  /// Whether ``span`` is that of a whole compressed text.
  let isCoarse: Bool
  let layers: [String]
  let fingerprint: String

  func overlaps(_ other: Sighting) -> Bool {
    if view == other.view { return secret.overlaps(other.secret) }
    return !isCoarse && !other.isCoarse && span.overlaps(other.span)
  }
}
