internal import Attribution
internal import Decoding
internal import Evidence
internal import Fingerprints
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

  /// Takes these findings out, and what was taken out before.
  ///
  /// - Parameter findings: of the body as it was, or as it was left by the last time.
  /// - Returns: false where that cannot be done.
  mutating func take(_ findings: [Finding]) -> Bool {
    let (detectors, content, limits) = (engines.detectors, captured.content, engines.decodingLimits)
    let own = findings.filter { OwnCodeDetector.names.contains($0.detector) }
    // What is under another encoding than JSON's is looked for by nobody who could take it out.
    let codings = content.contentCodings.count { $0 != "identity" }
    guard own.allSatisfy({ finding in finding.layers.dropFirst(codings).allSatisfy { $0 == "json" } }) else {
      return false
    }
    let kinds = Set(findings.map(RedactedKind.init))
    let passages = { [engines] (text: [UInt8]) in OwnCodeLines(engines, kinds).passages(in: text) }
    let others = own.isEmpty ? findings : findings.filter { !OwnCodeDetector.names.contains($0.detector) }
    let redacted =
      replaced == 0
      ? detectors.redact(
        bytes, content: content, at: others, pseudonyms: pseudonyms, passages: passages, limits: limits) : nil
    return take(
      redacted
        ?? detectors.redact(
          bytes, content: content, kinds: kinds, pseudonyms: pseudonyms, passages: passages, limits: limits))
  }

  private mutating func take(_ redacted: Redacted?) -> Bool {
    guard let redacted else { return false }
    bytes = redacted.bytes
    text = redacted.text
    places = redacted.places
    replaced += redacted.replaced
    return true
  }

  /// What is found in it now, but for what is found in the placeholders themselves, and the lines of files in it.
  ///
  /// The beginning of a conversation is redacted alike each time, so that inspection goes on where it was, too.
  func inspectedAgain() -> (findings: [Finding], attribution: MessageAttribution?) {
    let bare = ContentDescription(contentType: captured.content.contentType)
    var inspection = BodyInspection(
      engines.inspectors,
      RememberedBodies.Key(destination: captured.destination.description, content: bare, isRedacted: true),
      expectedBytes: text.count, isRemembered: true)
    text.withUnsafeBytes { inspection.take($0) }
    inspection.end()
    var own = engines.redactions?.placeholders().places(in: text) ?? DisjointRanges()
    for place in places { _ = own.insert(place) }
    let findings = inspection.findingsSoFar().findings.filter { !own.holds($0.span.start..<$0.span.end) }
    return (findings, inspection.attribution())
  }
}
