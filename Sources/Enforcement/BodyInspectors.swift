internal import Attribution
internal import Decoding
internal import Evidence
internal import Inspection

/// What looks at bodies, and where what it made of them is kept.
struct BodyInspectors {
  let detectors: DetectorSet
  let limits: DecodingLimits
  let attribution: FileAttribution?
  /// All of it belongs to these detectors, limits and files.
  let memory: RememberedBodies

  /// From a body's first byte on.
  func begin(_ key: RememberedBodies.Key) -> BodyState {
    let attributor = attribution.map { MessageAttributor($0.index, to: key.destination, sent: $0.sent) }
    return BodyState(
      MessageInspector(detectors, content: key.content, place: .body, limits: limits, alongside: attributor), attributor
    )
  }
}
