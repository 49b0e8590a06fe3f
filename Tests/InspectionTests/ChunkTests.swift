internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

#if canImport(Glibc)
  internal import Glibc
#endif

@Suite struct ChunkTests {
  private static func example(_ id: String) throws -> [UInt8] {
    let rule = try #require(try Detectors.rules.get().first { $0.id == id })
    return Array("\(rule.examples[0])\n".utf8)
  }

  private static func long(_ id: String, filler: Int) throws -> [UInt8] {
    var source = Seeded(UInt64(filler))
    let words = (0..<filler).map { _ in
      String(
        decoding: (0..<Int.random(in: 1...9, using: &source)).map { _ in UInt8.random(in: 97...122, using: &source) },
        as: UTF8.self)
    }.joined(separator: " ")
    return Array(words.utf8) + Array(" ".utf8) + (try example(id)) + Array(words.utf8)
  }

  @Test("every split of a body in two gives the same findings", arguments: Encoding.all + Encoding.ofTokens)
  func everySplit(_ encoding: Encoding) throws {
    let body = try encoding.encode(try Self.example("slack-webhook"))
    let whole = try inspect(body, encoding.content)
    #expect(whole.findings.map(\.detector).contains("slack-webhook"))
    for cut in 0...body.count {
      let parts = try inspect(body, encoding.content, cuts: [cut])
      #expect(parts == whole, "\(cut)")
    }
  }

  @Test("random splits of every encoding give the same findings")
  func randomSplits() throws {
    var source = Seeded(31)
    let rounds = Int(getenv("SALLYPORT_ROUNDS").flatMap { String(validatingCString: $0) } ?? "") ?? 20
    let detectors = try Detectors.set()
    for encoding in Encoding.all + Encoding.ofTokens {
      let body = try encoding.encode(try Self.example("slack-webhook"))
      let whole = try inspect(body, encoding.content, detectors: detectors)
      for _ in 0..<rounds {
        let count = Int.random(in: 1...12, using: &source)
        let cuts = (0..<count).map { _ in Int.random(in: 0...body.count, using: &source) }
        let parts = try inspect(body, encoding.content, cuts: cuts, detectors: detectors)
        #expect(parts == whole, "\(encoding.name) \(cuts)")
      }
    }
  }

  @Test("decoding that stops and goes on at any byte gives the same findings", arguments: Encoding.all)
  func everyPause(_ encoding: Encoding) throws {
    let body = try encoding.encode(try Self.example("slack-webhook"))
    let whole = try inspect(body, encoding.content)
    for cut in stride(from: 1, to: body.count, by: body.count > 300 ? 5 : 1) {
      var inspector = MessageInspector(try Detectors.set(), content: encoding.content, place: .body)
      body[..<cut].withUnsafeBytes { inspector.inspect($0) }
      _ = inspector.findingsSoFar()
      body[cut...].withUnsafeBytes { inspector.inspect($0) }
      let parts = inspector.finish()
      func things(_ inspected: Inspected) -> [String] {
        inspected.findings.map { "\($0.detector) \($0.fingerprint ?? "")" }.sorted()
      }
      #expect(things(parts) == things(whole), "\(cut)")
      // The span of something under compression says which of it had been read when it appeared, and so its order.
      guard !whole.findings.contains(where: { $0.layers.contains { ContentCoding(rawValue: $0) != nil } }) else {
        continue
      }
      #expect(parts.findings.map(\.span) == whole.findings.map(\.span), "\(cut)")
    }
  }

  @Test("whoever asks after every byte finds the same at the end", arguments: Encoding.all + Encoding.ofTokens)
  func everyByte(_ encoding: Encoding) throws {
    let body = try encoding.encode(try Self.example("slack-webhook"))
    var inspector = MessageInspector(try Detectors.set(), content: encoding.content, place: .body)
    for byte in body {
      withUnsafeBytes(of: byte) { inspector.inspect($0) }
      _ = inspector.findingsSoFar()
    }
    let fingerprints = Set(inspector.finish().findings.map(\.fingerprint))
    #expect(fingerprints == Set(try inspect(body, encoding.content).findings.map(\.fingerprint)))
  }

  @Test("one byte at a time gives the same findings", arguments: Encoding.all)
  func singleBytes(_ encoding: Encoding) throws {
    let body = try encoding.encode(try Self.long("private-key", filler: 60))
    let whole = try inspect(body, encoding.content)
    #expect(whole.findings.contains { $0.detector == "private-key" })
    let parts = try inspect(body, encoding.content, cuts: Array(1..<body.count))
    #expect(parts == whole)
  }

  @Test("a body of many blocks gives the same findings in random pieces", arguments: Encoding.all)
  func randomPieces(_ encoding: Encoding) throws {
    var source = Seeded(11)
    let text = try Self.long("json-web-token", filler: 1500) + Self.long("private-key", filler: 600)
    let body = try encoding.encode(text)
    let whole = try inspect(body, encoding.content)
    #expect(whole.findings.contains { $0.detector == "json-web-token" })
    #expect(whole.findings.contains { $0.detector == "private-key" })
    for _ in 0..<2 {
      let cuts = (0..<Int.random(in: 1...40, using: &source)).map { _ in Int.random(in: 0...body.count, using: &source)
      }
      let parts = try inspect(body, encoding.content, cuts: cuts)
      #expect(parts == whole)
    }
  }

  @Test("the size of the blocks that are looked at together changes nothing", arguments: Encoding.all)
  func blockSizes(_ encoding: Encoding) throws {
    let body = try encoding.encode(try Self.long("slack-token", filler: 30) + Self.example("private-key"))
    let whole = try inspect(body, encoding.content)
    #expect(whole.findings.count >= 2)
    for bytes in [1, 2, 7, 64, 1000] {
      var limits = DecodingLimits()
      limits.blockBytes = bytes
      let parts = try inspect(body, encoding.content, limits: limits)
      #expect(Set(parts.findings.map(\.detector)) == Set(whole.findings.map(\.detector)), "\(bytes)")
      #expect(Set(parts.findings.map(\.fingerprint)) == Set(whole.findings.map(\.fingerprint)), "\(bytes)")
      if !whole.findings.contains(where: { $0.layers.contains { ContentCoding(rawValue: $0) != nil } }) {
        #expect(Set(parts.findings.map(\.span)) == Set(whole.findings.map(\.span)), "\(bytes)")
      }
    }
  }

  @Test("a secret across a block's boundary is found at every place")
  func acrossBlocks() throws {
    let secret = try Self.example("anthropic-api-key")
    var limits = DecodingLimits()
    limits.blockBytes = 256
    for lead in stride(from: 0, through: 600, by: 7) {
      let body = [UInt8](repeating: UInt8(ascii: " "), count: lead) + secret
      let inspected = try inspect(body, limits: limits)
      #expect(inspected.findings.contains { $0.detector == "anthropic-api-key" }, "\(lead)")
    }
  }

  @Test("what was found so far is known before the end, and the end changes nothing")
  func soFar() throws {
    let secret = try Self.example("github-token")
    var inspector = MessageInspector(try Detectors.set(), place: .body)
    Array("hello ".utf8).withUnsafeBytes { inspector.inspect($0) }
    #expect(inspector.findingsSoFar().findings.isEmpty)
    secret.dropLast().withUnsafeBytes { inspector.inspect($0) }
    #expect(inspector.findingsSoFar().findings.map(\.detector) == ["github-token"])
    #expect(inspector.findingsSoFar().findings.map(\.detector) == ["github-token"])
    Array(" bye".utf8).withUnsafeBytes { inspector.inspect($0) }
    let whole = try inspect(Array("hello ".utf8) + secret.dropLast() + Array(" bye".utf8))
    let piecewise = inspector.finish()
    #expect(piecewise == whole)
  }
}
