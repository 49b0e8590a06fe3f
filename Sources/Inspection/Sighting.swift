internal import Decoding
internal import Evidence

/// A confirmed match in one view, before sightings of the same thing in several views become one finding.
struct Sighting {
  let detector: String
  let dataClass: DataClass
  var grade: Grade
  var severity: Severity
  let isGeneric: Bool
  let order: Int
  /// In the message as it was sent.
  let span: Range<Int>
  /// Its number; ``noView`` where ``secret`` is not where it stands, but all of a compressed text.
  private(set) var view: Int
  /// In the view.
  let secret: Range<Int>
  /// Whether ``span`` is that of a whole compressed text.
  private(set) var isCoarse: Bool
  let layers: [String]
  let fingerprint: String
  /// Where it stands in a table of the user's own, for a value of one.
  var ownRow: OwnRow?
  /// Whether it is a text in base64 whose end is the secret, as `user:password` of basic authentication is.
  var endsWithSecret = false

  /// - Parameter grade: the rule's own unless it is said.
  init(_ rule: DetectorRule, order: Int, grade: Grade? = nil, at place: SightedPlace, fingerprint: String) {
    self.init(
      rule.id, rule.dataClass, grade ?? rule.grade, rule.severity, isGeneric: rule.isGeneric, order: order, at: place,
      fingerprint: fingerprint)
  }

  init(
    _ detector: String, _ dataClass: DataClass, _ grade: Grade, _ severity: Severity, isGeneric: Bool = false,
    order: Int, at place: SightedPlace, fingerprint: String
  ) {
    self.detector = detector
    self.dataClass = dataClass
    self.grade = grade
    self.severity = severity
    self.isGeneric = isGeneric
    self.order = order
    span = place.span
    view = place.view
    secret = place.range
    isCoarse = place.isCoarse
    layers = place.layers
    self.fingerprint = fingerprint
  }

  private static let noView = -1

  /// Whether it is a private key without what stood beside its lines.
  var isArmored: Bool { layers.last == ArmorDecoder.layer }

  /// Whether it was written backwards or in rot13.
  var isTurned: Bool { layers.contains { Turn(rawValue: $0) != nil } }

  /// What was seen in a text of its own, at its place in another.
  init(_ other: Sighting, at place: SightedPlace) {
    self.init(
      other.detector, other.dataClass, other.grade, other.severity, isGeneric: other.isGeneric, order: other.order,
      at: place, fingerprint: other.fingerprint)
    endsWithSecret = other.endsWithSecret
    ownRow = other.ownRow
    guard other.isCoarse else { return }
    isCoarse = true
    view = Self.noView
  }

  /// What one takes in memory, with its fingerprint and the names of its layers.
  static let heldBytes = MemoryLayout<Sighting>.stride + 128

  /// Whether all that was matched is this canary, so that nothing else can be hidden in it.
  func isNothingBut(_ canary: Sighting) -> Bool {
    if view == canary.view, view != Self.noView {
      return canary.secret.lowerBound <= secret.lowerBound && secret.upperBound <= canary.secret.upperBound
    }
    // Of the two one may have an escape in it.
    let (outer, inner) = (layers.filter { $0 != "json" }, canary.layers.filter { $0 != "json" })
    guard endsWithSecret, !isCoarse, !canary.isCoarse, inner.count > outer.count, inner.starts(with: outer) else {
      return false
    }
    // In base64 the last byte may share its digits with what pads it.
    return span.lowerBound <= canary.span.lowerBound && abs(span.upperBound - canary.span.upperBound) <= 3
  }

  func overlaps(_ other: Sighting) -> Bool {
    if view == other.view, view != Self.noView { return secret.overlaps(other.secret) }
    return !isCoarse && !other.isCoarse && span.overlaps(other.span)
  }

  /// Whether what a specific detector found is all that a generic one did. Of another class it has to have all of it: a
  /// person's address within a key is no reason to let the key go.
  func givesWay(to specific: Sighting) -> Bool {
    guard specific.fingerprint != fingerprint else { return true }
    guard specific.overlaps(self) else { return false }
    return specific.dataClass == dataClass
      || (specific.view == view
        ? specific.secret.lowerBound <= secret.lowerBound && secret.upperBound <= specific.secret.upperBound
        : specific.span.lowerBound <= span.lowerBound && span.upperBound <= specific.span.upperBound)
  }
}
