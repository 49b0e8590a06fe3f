internal import Attribution
internal import Crypto
internal import Fingerprints
internal import Inspection

/// All that inspection had made of the first ``offset`` bytes of a body: what it would make of them in any other body to
/// the same destination with the same description.
struct ResumablePoint: Sendable {
  let inspection: InspectionPoint
  let attribution: AttributionPoint?
  let ownCode: OwnCodePoint?
  let digest: SHA256

  var offset: Int { inspection.offset }
  var isCurrent: Bool { attribution?.isCurrent ?? true }

  /// What it takes in memory besides what it shares with an earlier one.
  func heldBytes(besides earlier: ResumablePoint?) -> Int {
    inspection.heldBytes + (ownCode?.heldBytes ?? 0)
      + (attribution?.heldBytes(besides: earlier?.attribution) ?? 0)
  }
}
