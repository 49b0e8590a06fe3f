package import Attribution
package import Catalog
internal import Decoding
package import Evidence
internal import Inspection
internal import Wire

/// A captured message of which every byte was looked at.
package struct Inspected: Sendable {
  package let captured: Captured
  package let recognition: Recognition
  package private(set) var findings: [Finding]
  /// Bytes of head, body and trailers.
  package let totalBytes: Int
  /// Of those, the bytes handed to the inspectors; promise 2 says that both are equal.
  package let inspectedBytes: Int
  package let bodyBytes: Int
  /// SHA-256 of the body's bytes, from which the ledger's commitment is made.
  package let bodyDigest: [UInt8]
  /// The lines of files that are in the body.
  package let attribution: MessageAttribution

  /// Bytes of header fields and trailers.
  var fieldBytes: Int {
    totalBytes - bodyBytes - (captured.isBodyOnly ? 0 : captured.method.utf8.count + 1 + captured.target.utf8.count)
  }

  /// With what was taken out of an earlier message and stands in this one, wherever that went, as what it was then.
  ///
  /// - Parameter body: `nil` where it is no longer held; then the detectors alone have looked through it.
  func recognising(_ known: KnownValues, body: [UInt8]?, by engines: Engines) -> Inspected {
    guard !known.isEmpty else { return self }
    let sieve = FindingSieve(recognition, captured, engines)
    var inspected = self
    func look(_ bytes: [UInt8], _ place: Finding.Place) {
      // The client signing in is no leak here either.
      inspected.findings += sieve.sift(
        engines.detectors.occurrences(
          of: known, in: bytes, content: place == .body ? captured.content : .none, place: place, besides: findings,
          limits: engines.decodingLimits))
    }
    if !captured.isBodyOnly {
      look(Array(captured.target.utf8), .requestTarget)
      for field in captured.fields + captured.hostField {
        look(Array(field.value.utf8), .header(field.name.lowercased()))
      }
    }
    if let body { look(body, .body) }
    return inspected
  }

  /// Without what is found in a placeholder of ours, which says nothing: `token = REDACTED_…`.
  func without(_ placeholders: PlaceholderSet, in body: [UInt8]) -> Inspected {
    guard findings.contains(where: { $0.place == .body && $0.grade != .note }) else { return self }
    let places = placeholders.places(in: body)
    guard !places.isEmpty else { return self }
    var inspected = self
    inspected.findings.removeAll { finding in
      finding.place == .body && places.holds(finding.span.start..<finding.span.end)
    }
    return inspected
  }
}
