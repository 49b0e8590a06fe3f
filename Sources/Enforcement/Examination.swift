internal import Attribution
internal import Catalog
internal import Decoding
internal import Evidence
internal import Inspection
package import NIOCore
internal import Policy
package import Wire

/// One message under inspection, from its head to its end.
///
/// Bound to the event loop of its connection; body bytes can be looked at as they arrive.
/// A request that streams both ways is examined in pieces: ``inspected()`` may be asked for again after more bytes.
package final class Examination {
  private let captured: Captured
  private let engines: Engines
  private let headFindings: [Finding]
  private var inspectedHeadBytes: Int
  private var body: BodyInspection
  private var hasBody = false
  private var hasEnded = false
  private var bodyBytes = 0
  private var bodyPrefix: [UInt8] = []
  private var trailerBytes = 0
  private var trailerFindings: [Finding] = []
  /// What a person said yes to in the pieces that were decided before.
  var agreed = Agreement()

  init(of captured: Captured, with engines: Engines) {
    self.captured = captured
    self.engines = engines
    (headFindings, inspectedHeadBytes) = HeadInspection(of: captured, with: engines.detectors).result
    body = BodyInspection(
      engines.inspectors,
      RememberedBodies.Key(destination: captured.destination.description, content: captured.content),
      expectedBytes: captured.fields.first(named: "content-length").flatMap { Int($0) },
      // What comes in pieces goes on in the same message.
      isRemembered: !captured.isBodyOnly)
  }

  /// The first bytes of the body have come: what it holds of a file was in the file before.
  package func bodyBegins() {
    guard !hasBody else { return }
    hasBody = true
    engines.attribution?.indexer.settle()
  }

  /// Looks at the next bytes of the body, in the order in which they were sent.
  package func take(_ bytes: ByteBuffer) {
    bodyBegins()
    bytes.withUnsafeReadableBytes { readable in
      bodyBytes += readable.count
      if bodyPrefix.count < EnforcementLimits.bodyPrefixBytes {
        bodyPrefix.append(contentsOf: readable.prefix(EnforcementLimits.bodyPrefixBytes - bodyPrefix.count))
      }
      body.take(readable)
    }
  }

  /// Looks at the trailers, which end the message.
  package func take(trailers: [HTTPField]) {
    guard !trailers.isEmpty else { return }
    trailerBytes = Captured.bytes(of: trailers)
    let (findings, bytes) = HeadInspection.of(trailers, with: engines.detectors, place: Finding.Place.trailer)
    trailerFindings = findings
    inspectedHeadBytes += bytes
  }

  /// The message is whole: what is open in its encodings ends here. Without it, what comes next may go on.
  package func end() {
    hasEnded = true
    body.end()
  }

  /// Whether it holds something, and all of it, that is to be compared with files which are not all read yet.
  var waitsForFiles: Bool {
    guard hasEnded, bodyBytes > 0, let indexer = engines.attribution?.indexer else { return false }
    return !indexer.isReady
  }

  /// Everything seen up to now.
  func inspected() -> Inspected {
    let found = body.findingsSoFar()
    let recognition = engines.knowledge.recognise(captured.facts(bodyPrefix: bodyPrefix), by: captured.origin.agent.id)
    let sifted = FindingSieve(recognition, captured, engines).sift(headFindings + found.findings + trailerFindings)
    return Inspected(
      captured: captured, recognition: recognition, findings: sifted,
      totalBytes: captured.headBytes + bodyBytes + trailerBytes,
      inspectedBytes: inspectedHeadBytes + found.inspectedBytes,
      bodyBytes: bodyBytes, bodyDigest: body.digest(), attribution: attribution)
  }
}

extension Examination {
  /// A message without a body has nothing to compare.
  private var attribution: MessageAttribution {
    guard engines.attribution != nil else { return MessageAttribution(gap: .off) }
    guard bodyBytes > 0 else { return MessageAttribution() }
    return body.attribution() ?? MessageAttribution(gap: .off)
  }
}

extension Captured {
  var content: ContentDescription { fields.content }

  func facts(bodyPrefix: [UInt8]) -> RequestFacts {
    RequestFacts(
      host: destination.host, port: destination.port, method: method, path: target,
      contentType: fields.first(named: "content-type"), upgrade: upgrade, bodyPrefix: bodyPrefix)
  }
}

extension [HTTPField] {
  /// What is said about the body.
  var content: ContentDescription {
    ContentDescription(
      contentType: first(named: "content-type"),
      contentCodings: all(named: "content-encoding").flatMap { $0.split(separator: ",") }
        .map { $0.trimmingSpaces.lowercased() })
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    let body = drop { $0 == " " || $0 == "\t" }
    return body.lastIndex { $0 != " " && $0 != "\t" }.map { body[...$0] } ?? ""
  }
}
