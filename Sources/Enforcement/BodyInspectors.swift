internal import Attribution
internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Inspection

/// What looks at bodies, and where what it made of them is kept.
struct BodyInspectors {
  let detectors: DetectorSet
  let limits: DecodingLimits
  let attribution: FileAttribution?
  var ownCode: FingerprintSet?
  /// All of it belongs to these detectors, limits, files and indexes.
  let memory: RememberedBodies

  /// From a body's first byte on.
  func begin(_ key: RememberedBodies.Key) -> BodyState {
    let observers = BodyObservers(
      attribution.map { MessageAttributor($0.index, to: key.destination, sent: $0.sent) },
      ownCode.map { OwnCodeScanner($0) })
    return BodyState(
      MessageInspector(detectors, content: key.content, place: .body, limits: limits, alongside: observers), observers)
  }
}
