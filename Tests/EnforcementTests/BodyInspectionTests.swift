internal import Attribution
internal import Crypto
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

@testable internal import Enforcement

/// What goes on from where an earlier body was is what looking at every byte gives.
@Suite struct BodyInspectionTests {
  /// All that anybody may ask about a body.
  private struct Seen: Equatable {
    let findings: [Finding]
    let inspectedBytes: Int
    let digest: [UInt8]
    let attributed: Attributed
  }

  private static func files(_ index: SourceIndex, _ sent: SentLines) -> FileAttribution {
    FileAttribution(index: index, indexer: WorkspaceIndexer(workspace: "/nowhere", into: index), sent: sent)
  }

  private static func feed(_ body: some RandomAccessCollection<UInt8>, _ inspection: inout BodyInspection, _ source: inout Seeded) {
    var rest = Array(body)[...]
    while !rest.isEmpty {
      let step = 1 + source.below(max(1, rest.count / 2))
      rest.prefix(step).withUnsafeBytes { inspection.take($0) }
      rest = rest.dropFirst(step)
    }
  }

  private static func seen(_ inspection: inout BodyInspection) -> (Seen, MessageAttribution?) {
    let found = inspection.findingsSoFar()
    let digest = inspection.digest()
    let attribution = inspection.attribution()
    return (
      Seen(
        findings: found.findings, inspectedBytes: found.inspectedBytes, digest: digest,
        attributed: attribution?.attributed ?? Attributed()), attribution
    )
  }

  /// Sends bodies through one memory, and each through none as well.
  ///
  /// - Returns: bytes, and those that were not looked at again.
  private static func compare(
    _ conversations: inout Conversations, bodies: Int, block: Int, changing: Bool = false
  ) throws -> (all: Int, resumed: Int) {
    var limits = DecodingLimits()
    limits.blockBytes = block
    let (index, sent) = (conversations.index, SentLines())
    let files = files(index, sent)
    let memory = RememberedBodies()
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: limits, attribution: files, memory: memory)
    let key = RememberedBodies.Key(destination: "model.test:443", content: conversations.content)
    var counts = (all: 0, resumed: 0)
    for number in 0..<bodies {
      let body = try conversations.next()
      var source = conversations.source
      let expected = source.below(3) == 0 ? nil : Int?(body.count)
      var fresh = BodyInspection(inspectors, key, expectedBytes: body.count, isRemembered: false)
      var other = BodyInspection(inspectors, key, expectedBytes: expected, isRemembered: true)
      if source.below(6) == 0 {
        // Somebody asks before the end.
        let cut = source.below(body.count)
        feed(body[..<cut], &fresh, &source)
        feed(body[..<cut], &other, &source)
        let (one, two) = (seen(&fresh).0, seen(&other).0)
        #expect(one == two, "\(number) \(cut)")
        feed(body[cut...], &fresh, &source)
        feed(body[cut...], &other, &source)
      } else {
        feed(body, &fresh, &source)
        feed(body, &other, &source)
      }
      fresh.end()
      other.end()
      counts.all += body.count
      counts.resumed += other.resumedBytes
      let (one, two) = (seen(&fresh), seen(&other))
      #expect(one.0 == two.0, "\(number)")
      #expect(one.0.digest == Array(SHA256.hash(data: body)))
      #expect(one.0.inspectedBytes == body.count)
      two.1?.markSent()
      conversations.source = source
      if changing, number % 5 == 4 { index.take("new\(number).swift", text: "a new file \(number)\nwith lines\n") }
    }
    return counts
  }

  @Test("a conversation is seen as each of its requests is by itself", arguments: Conversations.Form.allCases)
  func conversations(_ form: Conversations.Form) throws {
    for seed in 1...2 {
      var conversations = Conversations(form, seed: UInt64(seed))
      let counts = try Self.compare(&conversations, bodies: 30, block: seed == 1 ? 1024 : 8192, changing: true)
      // Compressed text differs from the first block of the compression on, and brotli cannot be gone on with.
      if form == .json || form == .text || form == .form { #expect(counts.resumed > counts.all / 3, "\(counts)") }
      if form == .brotli { #expect(counts.resumed == 0) }
    }
  }
}

extension SourceIndex {
  fileprivate func take(_ path: String, text: String) {
    var text = text
    text.withUTF8 { take(path, text: UnsafeRawBufferPointer($0)) }
  }
}
