internal import Attribution
internal import Decoding
internal import Evidence
internal import Inspection

/// A body while things are taken out of it, as often as it takes.
struct RedactedBody {
  private let captured: Captured
  private let engines: Engines
  private let pseudonyms: Pseudonyms?
  /// As it would be sent now.
  private(set) var bytes: [UInt8]
  private var text: [UInt8] = []
  private var places: [Range<Int>] = []
  private(set) var replaced = 0

  init(_ body: [UInt8], of captured: Captured, _ engines: Engines) {
    bytes = body
    self.captured = captured
    self.engines = engines
    pseudonyms = engines.redactions?.pseudonyms(for: captured.destination)
  }

  /// Takes everything of these kinds out, and what was taken out before.
  ///
  /// - Returns: false where that cannot be done.
  mutating func take(_ kinds: Set<RedactedKind>) -> Bool {
    let redacted = engines.detectors.redact(
      bytes, content: captured.content, kinds: kinds, pseudonyms: pseudonyms, limits: engines.decodingLimits)
    guard let redacted else { return false }
    bytes = redacted.bytes
    text = redacted.text
    places = redacted.places
    replaced += redacted.replaced
    return true
  }

  /// What is found in it now, but for what is found in the placeholders themselves, and the lines of files in it.
  func inspectedAgain() -> (findings: [Finding], attribution: MessageAttribution?) {
    let attributor = engines.attribution.map { files in
      MessageAttributor(files.index, to: captured.destination.description, sent: files.sent)
    }
    var inspector = MessageInspector(
      engines.detectors, content: ContentDescription(contentType: captured.content.contentType), place: .body,
      limits: engines.decodingLimits, alongside: attributor)
    text.withUnsafeBytes { inspector.inspect($0) }
    let findings = inspector.finish().findings.filter { finding in
      !places.contains { $0.lowerBound <= finding.span.start && finding.span.end <= $0.upperBound }
    }
    return (findings, attributor?.soFar())
  }
}
