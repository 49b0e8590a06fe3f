internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

func inspect(
  _ body: [UInt8], _ content: ContentDescription = .none, cuts: [Int] = [], limits: DecodingLimits = .standard,
  detectors: DetectorSet? = nil
) throws -> Inspected {
  var inspector = MessageInspector(
    try detectors ?? Detectors.set(), content: content, place: .body, limits: limits)
  var start = 0
  for cut in cuts.sorted() + [body.count] {
    body[start..<cut].withUnsafeBytes { inspector.inspect($0) }
    start = cut
  }
  return inspector.finish()
}

@Suite struct EncodingTests {
  /// Each detector in one encoding of eight: all in all would take minutes.
  private static let share = 8
  /// What is shorter is not looked for in base64 and hexadecimal digits, nor is what is not printable ASCII.
  private static let leastBytes = 32

  @Test("every detector's examples are found in every encoding", arguments: zip(Encoding.all.indices, Encoding.all))
  func everything(_ number: Int, _ encoding: Encoding) throws {
    for (order, rule) in try Detectors.rules.get().enumerated()
    // A marking stands on a line of its own, which other text in front of what is encoded makes it not: MarkingTests.
    where !rule.isGeneric && rule.dataClass != .proprietary && order % Self.share == number % Self.share {
      for example in rule.examples
      where rule.dataClass == .credential
        || example.utf8.count >= Self.leastBytes && example.utf8.allSatisfy({ 0x20..<0x7f ~= $0 || $0 == 0x0a })
      {
        let body = try encoding.encode(Array("\(example)\n".utf8))
        let inspected = try inspect(body, encoding.content)
        #expect(
          inspected.findings.contains { $0.detector == rule.id },
          "\(rule.id) gives \(inspected.findings.map { "\($0.detector) \($0.layers)" }) in \(String(decoding: body, as: UTF8.self).prefix(300))"
        )
        #expect(inspected.inspectedBytes == body.count)
        #expect(!inspected.findings.contains { $0.dataClass == .opaque })
        for finding in inspected.findings { #expect(finding.span.end <= body.count) }
      }
    }
  }

  @Test("tokens are found where a text is broken up", arguments: Encoding.ofTokens)
  func tokens(_ encoding: Encoding) throws {
    for rule in try Detectors.rules.get() where Encoding.tokens.contains(rule.id) {
      let token = try #require(rule.examples[0].split(separator: " ").last)
      let body = try encoding.encode(Array(token.utf8))
      let inspected = try inspect(body, encoding.content)
      #expect(
        inspected.findings.count { $0.detector == rule.id } == 1,
        "\(rule.id) gives \(inspected.findings.map { "\($0.detector) \($0.layers)" }) in \(String(decoding: body, as: UTF8.self))"
      )
      for finding in inspected.findings { #expect(finding.span.end <= body.count) }
    }
  }

  @Test("canaries are found turned round, once each")
  func turnedCanaries() throws {
    let canary = Array("sallyport-canary-0123456789abcdef".utf8)
    let detectors = try DetectorSet(try Detectors.set(), canaries: [canary])
    for (text, layer) in [(Array(canary.reversed()), "reversed"), (Encode.rot13(canary), "rot13")] {
      let body = Array("a word ".utf8) + text + Array(" and another".utf8)
      let findings = try inspect(body, detectors: detectors).findings
      #expect(findings.map(\.dataClass) == [.canary])
      #expect(findings.map(\.layers) == [[layer]])
      #expect(findings.map(\.span) == [Span(7, 7 + canary.count)])
    }
  }

  @Test("one secret has one fingerprint in every encoding")
  func fingerprints() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    var prints: Set<String> = []
    for encoding in Encoding.all {
      let inspected = try inspect(try encoding.encode(Array("\(rule.examples[0])\n".utf8)), encoding.content)
      for finding in inspected.findings where finding.detector == rule.id {
        prints.insert(try #require(finding.fingerprint))
      }
    }
    #expect(prints.count == 1)
    #expect(prints.first?.utf8.count == 32)
  }
}
