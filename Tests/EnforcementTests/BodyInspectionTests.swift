internal import Attribution
internal import Crypto
internal import Decoding
internal import Evidence
internal import Fingerprints
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

  private static func feed(
    _ body: some RandomAccessCollection<UInt8>, _ inspection: inout BodyInspection, _ source: inout Seeded
  ) {
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
  /// - Parameter changing: after so many bodies each there is a new file, so that nothing is known of the text before.
  /// - Returns: bytes, and those that were not looked at again.
  private static func compare(
    _ conversations: inout Conversations, bodies: Int, block: Int, changing: Int
  ) throws -> (all: Int, resumed: Int) {
    var limits = DecodingLimits()
    limits.blockBytes = block
    let (index, sent) = (conversations.index, SentLines())
    let files = files(index, sent)
    let memory = RememberedBodies()
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: limits, attribution: files,
      ownCode: try conversations.ownCode(), memory: memory)
    let key = RememberedBodies.Key(destination: "model.test:443", content: conversations.content)
    var counts = (all: 0, resumed: 0)
    var own = 0
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
      #expect(one.0.findings == two.0.findings, "\(number)")
      own += one.0.findings.count { $0.detector == OwnCodeDetector.copied && $0.grade == .redact }
      #expect(one.0.inspectedBytes == two.0.inspectedBytes, "\(number)")
      #expect(one.0.digest == two.0.digest, "\(number)")
      expectSame(one.0.attributed, two.0.attributed, number, isExact: changing == 1)
      #expect(one.0.digest == Array(SHA256.hash(data: body)))
      #expect(one.0.inspectedBytes == body.count)
      two.1?.markSent()
      conversations.source = source
      if number % changing == changing - 1 {
        index.take("new\(number).swift", text: "a new file \(number)\nwith lines\n")
      }
    }
    // Each conversation has some of it.
    #expect(own >= bodies)
    return counts
  }

  private static func expectSame(_ one: Attributed, _ two: Attributed, _ number: Int, isExact: Bool) {
    let (first, second) = (Set(one.sources), Set(two.sources))
    #expect(first.subtracting(second).isEmpty && second.subtracting(first).isEmpty, "\(number)")
    // Of text that repeats the same lines are told; which of two readings of a line counts may be another.
    #expect(abs(one.share - two.share) <= (isExact ? 0 : 0.001), "\(number)")
    #expect(one.commonLines == two.commonLines, "\(number)")
    #expect(one.gap == two.gap, "\(number)")
  }

  @Test("a conversation is seen as each of its requests is by itself", arguments: Conversations.Form.allCases)
  func conversations(_ form: Conversations.Form) throws {
    for seed in 1...2 {
      var conversations = Conversations(form, seed: UInt64(seed))
      let counts = try Self.compare(
        &conversations, bodies: 30, block: seed == 1 ? 1024 : 8192, changing: seed == 1 ? 1 : 7)
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
