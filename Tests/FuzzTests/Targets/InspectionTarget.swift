internal import Catalog
internal import Decoding
internal import Evidence
internal import Inspection

/// The catalogue's detectors over any body, and redaction of what they find; the first byte says what the sender
/// claims.
enum InspectionTarget {
  static let detectors = Result {
    try DetectorSet(
      rules: DetectorRules.load(from: Places.package + "/Sources/Catalog/Resources/detectors"),
      fingerprintKey: Secret(Array("a key of the tests".utf8)))
  }

  private static let claims =
    DecodingTarget.claims + [
      ContentDescription(contentType: "application/json"), ContentDescription(contentType: "text/plain"),
      ContentDescription(contentType: "text/html"),
    ]

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let content = claims[Int(choice) % claims.count]
    let detectors = try detectors.get()
    let whole = inspected([bytes], content, detectors)
    try demand(whole.inspectedBytes == bytes.count, "\(whole.inspectedBytes) of \(bytes.count) bytes were inspected")
    for finding in whole.findings {
      try demand(finding.span.start <= finding.span.end && finding.span.end <= bytes.count, "a finding outside")
    }
    for pieces in Pieces.ways(of: bytes) {
      try demand(inspected(pieces, content, detectors) == whole, "the findings depend on how the bytes are cut")
    }
    try checkResumption(bytes, content, detectors)
    try checkPause(bytes, content, detectors, whole)
    try checkRedaction(bytes, content, detectors, whole.findings)
  }

  private static func inspected(
    _ pieces: [[UInt8]], _ content: ContentDescription, _ detectors: DetectorSet
  ) -> Inspected {
    var inspector = MessageInspector(detectors, content: content, place: .body, limits: DecodingTarget.limits)
    for piece in pieces { piece.withUnsafeBytes { inspector.inspect($0) } }
    return inspector.finish()
  }

  /// Who goes on from where another message was finds what is found in the whole, and so does the one that it was.
  private static func checkResumption(
    _ bytes: [UInt8], _ content: ContentDescription, _ detectors: DetectorSet
  ) throws {
    var limits = DecodingTarget.limits
    // Short inputs have places to go on from, too.
    limits.blockBytes = 64
    var choice = Choice(bytes)
    var inspector = MessageInspector(detectors, content: content, place: .body, limits: limits)
    bytes.withUnsafeBytes { inspector.inspect($0) }
    let whole = inspector.finish()
    let cut = choice.below(bytes.count + 1)
    var maker = MessageInspector(detectors, content: content, place: .body, limits: limits)
    bytes[..<cut].withUnsafeBytes { maker.inspect($0) }
    let point = maker.point()
    bytes[cut...].withUnsafeBytes { maker.inspect($0) }
    let made = maker.finish()
    try demand(made == whole, "making a point changes what is found")
    guard let point, var other = MessageInspector(from: point) else { return }
    bytes[point.offset...].withUnsafeBytes { other.inspect($0) }
    let resumed = other.finish()
    try demand(resumed == whole, "going on from a point changes what is found")
  }

  /// Whoever asks in the middle loses nothing that the end would have found, unless the message holds more that could be
  /// compressed than is tried: then it depends on the order what is.
  private static func checkPause(
    _ bytes: [UInt8], _ content: ContentDescription, _ detectors: DetectorSet, _ whole: Inspected
  ) throws {
    var inspector = MessageInspector(detectors, content: content, place: .body, limits: DecodingTarget.limits)
    let half = bytes.count / 2
    bytes[..<half].withUnsafeBytes { inspector.inspect($0) }
    let soFar = inspector.findingsSoFar()
    for finding in soFar.findings { try demand(finding.span.end <= half, "a finding outside of what came") }
    bytes[half...].withUnsafeBytes { inspector.inspect($0) }
    let paused = inspector.finish()
    let missing = Set(whole.findings.map(\.fingerprint)).subtracting(paused.findings.map(\.fingerprint))
    guard !missing.isEmpty, try DecodingTarget.Reading([bytes], content).isWithinLimits else { return }
    throw BrokenPromise(description: "a pause hides a finding")
  }

  /// Nothing that was to go is left, and the body is still what it says it is.
  private static func checkRedaction(
    _ bytes: [UInt8], _ content: ContentDescription, _ detectors: DetectorSet, _ findings: [Finding]
  ) throws {
    guard !findings.isEmpty, let redacted = detectors.redact(bytes, content: content, findings: findings) else {
      return
    }
    let left = inspected([redacted.bytes], content, detectors).findings
    let wanted = Set(findings.map(\.fingerprint))
    try demand(left.allSatisfy { !wanted.contains($0.fingerprint) }, "a redacted body still holds a finding")
    if content.contentCodings.isEmpty, (try? JSONParser.parse(bytes)) != nil {
      try demand((try? JSONParser.parse(redacted.bytes)) != nil, "a redacted JSON text is none any more")
    }
  }
}
