internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// A message that goes on from where another one was is found to hold what it would be found to hold by itself.
@Suite struct ResumptionTests {
  private static func limits(block: Int) -> DecodingLimits {
    var limits = DecodingLimits()
    limits.blockBytes = block
    return limits
  }

  private static func example(_ id: String) throws -> [UInt8] {
    let rule = try #require(try Detectors.rules.get().first { $0.id == id })
    return Array("\(rule.examples[0])\n".utf8)
  }

  private static func words(_ count: Int, _ source: inout Seeded) -> [UInt8] {
    var words: [UInt8] = []
    for _ in 0..<count {
      words += (0..<Int.random(in: 1...9, using: &source)).map { _ in UInt8.random(in: 97...122, using: &source) }
      words.append([0x20, 0x20, 0x0a, UInt8(ascii: "\""), UInt8(ascii: "=")].randomElement(using: &source) ?? 0x20)
    }
    return words
  }

  private static let secrets = ["slack-webhook", "github-token", "private-key", "json-web-token", "anthropic-api-key"]

  private static func text(_ source: inout Seeded) throws -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 2...5, using: &source) {
      text += words(Int.random(in: 5...120, using: &source), &source)
      text += try example(secrets.randomElement(using: &source) ?? "")
    }
    return text + words(20, &source)
  }

  private static func feed(_ bytes: ArraySlice<UInt8>, to inspector: inout MessageInspector, _ source: inout Seeded) {
    var rest = bytes
    while !rest.isEmpty {
      let step = Int.random(in: 1...max(1, rest.count), using: &source)
      rest.prefix(step).withUnsafeBytes { inspector.inspect($0) }
      rest = rest.dropFirst(step)
    }
  }

  private struct NoInspector: Error {}

  private static func inspector(from point: InspectionPoint) throws -> MessageInspector {
    guard let inspector = MessageInspector(from: point) else { throw NoInspector() }
    return inspector
  }

  /// What is found in `body` by going on from a point that was made after `cut` bytes of it, and what is found by whoever
  /// made that point and went on; `nil` where there is no point.
  private static func resumed(
    _ body: [UInt8], _ content: ContentDescription, _ limits: DecodingLimits, at cut: Int, then other: [UInt8],
    _ source: inout Seeded
  ) throws -> (maker: Inspected, other: Inspected)? {
    var maker = MessageInspector(try Detectors.set(), content: content, place: .body, limits: limits)
    feed(body[..<cut], to: &maker, &source)
    let point = maker.point()
    feed(body[cut...], to: &maker, &source)
    let made = maker.finish()
    guard let point else { return nil }
    #expect(point.offset == cut / limits.blockBytes * limits.blockBytes)
    var inspector = try Self.inspector(from: point)
    feed(body[point.offset..<cut], to: &inspector, &source)
    feed(other[...], to: &inspector, &source)
    return (made, inspector.finish())
  }

  @Test("from any point, in every encoding, the findings are those of the whole", arguments: Encoding.all)
  func everyEncoding(_ encoding: Encoding) throws {
    var source = Seeded(UInt64(encoding.name.utf8.count))
    for block in [64, 1000, 8192] {
      let limits = Self.limits(block: block)
      for _ in 0..<3 {
        let body = try encoding.encode(Self.text(&source))
        let whole = try inspect(body, encoding.content, limits: limits)
        #expect(!whole.findings.isEmpty)
        for _ in 0..<3 {
          let cut = Int.random(in: 0...body.count, using: &source)
          let found = try Self.resumed(
            body, encoding.content, limits, at: cut, then: Array(body[cut...]), &source)
          if let found {
            #expect(found.maker == whole, "\(block) \(cut)")
            #expect(found.other == whole, "\(block) \(cut)")
          }
          // Another message that begins alike, whose end is of another kind.
          let tail = try Self.text(&source)
          let other = Array(body[..<cut]) + tail
          let fresh = try inspect(other, encoding.content, limits: limits)
          let resumed = try Self.resumed(body, encoding.content, limits, at: cut, then: tail, &source)
          #expect(resumed?.maker ?? whole == whole, "\(block) \(cut)")
          #expect(resumed?.other ?? fresh == fresh, "\(block) \(cut)")
        }
      }
    }
  }

  @Test("a chain of points, each made by a message that went on from the one before")
  func chain() throws {
    var source = Seeded(3)
    let limits = Self.limits(block: 256)
    var points = 0
    for encoding in Encoding.all where encoding.content.contentCodings.isEmpty {
      let body = try encoding.encode(Self.text(&source) + Self.text(&source))
      let whole = try inspect(body, encoding.content, limits: limits)
      var inspector = MessageInspector(try Detectors.set(), content: encoding.content, place: .body, limits: limits)
      var offset = 0
      while offset < body.count {
        let end = min(body.count, offset + Int.random(in: 1...700, using: &source))
        Self.feed(body[offset..<end], to: &inspector, &source)
        offset = end
        // Within brotli and zstd there is none.
        guard let point = inspector.point() else { continue }
        points += 1
        inspector = try Self.inspector(from: point)
        Self.feed(body[point.offset..<end], to: &inspector, &source)
      }
      let found = inspector.finish()
      #expect(found == whole, "\(encoding.name)")
    }
    #expect(points > 200)
  }

  @Test("what asks for more than is allowed is stopped at the same place")
  func budgets() throws {
    var source = Seeded(5)
    var limits = Self.limits(block: 512)
    limits.minimumWork = 6000
    limits.maximumWorkFactor = 1
    limits.maximumCarvings = 4
    limits.maximumDepth = 3
    let packed = try Encode.compressed(Array("some text that is compressed".utf8), .gzip)
    let parts: [[UInt8]] = [
      Array(repeating: UInt8(ascii: "\\"), count: 900), packed, Encode.base64(packed), Array("x\\u0041%41=41=42".utf8),
      Encode.base64(Encode.base64(Encode.base64(Encode.base64(Array("deep down here is a text".utf8))))),
      [0x78, 0x9c, 0x4b, 0xff], Array("\r\n\r\n\u{1}\u{2}".utf8), Encode.json(Encode.json(Encode.json(packed))),
    ]
    var opaque = 0
    for _ in 0..<120 {
      let body = (0..<12).flatMap { _ in parts.randomElement(using: &source) ?? [] }
      let cut = Int.random(in: 0...body.count, using: &source)
      let whole = try inspect(body, limits: limits)
      opaque += whole.findings.contains { $0.dataClass == .opaque } ? 1 : 0
      guard
        let found = try Self.resumed(body, .none, limits, at: cut, then: Array(body[cut...]), &source)
      else { continue }
      #expect(found.maker == whole)
      #expect(found.other == whole)
    }
    #expect(opaque > 20)
  }

  @Test("canaries on both sides of a point and across it")
  func canaries() throws {
    let canary = Array("sallyport-canary-0123456789abcdef".utf8)
    let detectors = try DetectorSet(try Detectors.set(), canaries: [canary])
    let limits = Self.limits(block: 64)
    let body = canary + [UInt8](repeating: 0x2e, count: 84) + canary + [UInt8](repeating: 0x2e, count: 30) + canary
    let whole = try inspect(body, limits: limits, detectors: detectors)
    #expect(whole.findings.count == 3)
    for cut in 0...body.count {
      var maker = MessageInspector(detectors, place: .body, limits: limits)
      body[..<cut].withUnsafeBytes { maker.inspect($0) }
      let made = maker.point()
      let point = try #require(made)
      var inspector = try Self.inspector(from: point)
      body[point.offset...].withUnsafeBytes { inspector.inspect($0) }
      let found = inspector.finish()
      #expect(found == whole, "\(cut)")
    }
  }

  @Test("where one may go on: in gzip, not in brotli or zstd, and not once somebody has asked")
  func places() throws {
    var source = Seeded(9)
    let text = try Self.text(&source) + Self.text(&source) + Self.text(&source)
    for (coding, isPossible) in [(ContentCoding.gzip, true), (.deflate, true), (.br, false), (.zstd, false)] {
      let body = try Encode.compressed(text, coding)
      var inspector = MessageInspector(
        try Detectors.set(), content: ContentDescription(contentCodings: [coding.rawValue]), place: .body,
        limits: Self.limits(block: 256))
      body.dropLast(20).withUnsafeBytes { inspector.inspect($0) }
      let point = inspector.point()
      #expect((point != nil) == isPossible, "\(coding)")
    }
    var inspector = MessageInspector(try Detectors.set(), place: .body)
    text.withUnsafeBytes { inspector.inspect($0) }
    let before = inspector.point()
    #expect(before != nil)
    _ = inspector.findingsSoFar()
    let after = inspector.point()
    #expect(after == nil)
  }
}
