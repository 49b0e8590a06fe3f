internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Passages that are written backwards or in rot13, and what is found in them.
@Suite struct TurnedPassageTests {
  private static let turns: [(name: String, turn: @Sendable ([UInt8]) -> [UInt8])] = [
    ("reversed", { Array($0.reversed()) }), ("rot13", { Encode.rot13($0) }),
  ]

  /// Entries of a file, in so many bytes, with a few people's numbers far from each other.
  private static func letters(_ count: Int) -> [UInt8] {
    var text = ""
    for number in 0... {
      guard text.utf8.count < count else { break }
      text += "Entry \(number) of the file: nothing that is worth a word, and then other words about the weather.\n"
      if number % 17 == 3 { text += "Social security number of the customer: 515-48-81\(10 + number % 80)\n" }
    }
    return Array(text.utf8)
  }

  @Test("personal data in a long text that is turned are found where they stand, however the text is split")
  func places() throws {
    let text = Self.letters(24 * 1024)
    let plain = try inspect(text).findings.filter { $0.detector == "us-ssn" }
    #expect(plain.count > 10)
    for (name, turn) in Self.turns {
      let body = turn(text)
      let whole = try inspect(body)
      let found = whole.findings.filter { $0.detector == "us-ssn" }
      // In rot13, digits are what they are.
      #expect(found.map(\.layers) == plain.map { _ in name == "rot13" ? [] : [name] })
      #expect(found.map(\.grade) == plain.map(\.grade))
      #expect(Set(found.map(\.fingerprint)) == Set(plain.map(\.fingerprint)))
      let spans = plain.map { finding in
        name == "rot13"
          ? finding.span : Span(body.count - finding.span.end, body.count - finding.span.start)
      }
      #expect(Set(found.map(\.span)) == Set(spans))
      var source = Seeded(5)
      for _ in 0..<20 {
        let cuts = (0..<7).map { _ in Int.random(in: 0...body.count, using: &source) }
        #expect(try inspect(body, cuts: cuts) == whole)
      }
      #expect(try inspect(body, cuts: Array(stride(from: 1, to: body.count, by: 61))) == whole)
    }
  }

  @Test("what has come so far is read turned, and nothing of it is told twice at the end")
  func soFar() throws {
    for (name, turn) in Self.turns {
      let body = turn(Array("The name of the customer is Dana, social security number 515-48-8139.\n".utf8))
      var inspector = MessageInspector(try Detectors.set(), place: .body)
      body.withUnsafeBytes { inspector.inspect($0) }
      for _ in 0..<2 {
        let found = inspector.findingsSoFar().findings.filter { $0.detector == "us-ssn" }
        #expect(found.map(\.layers) == [name == "rot13" ? [] : [name]])
        #expect(found.map(\.grade) == [.redact])
      }
      #expect(inspector.finish().findings.count { $0.detector == "us-ssn" } == 1)
    }
  }

  @Test("a text beyond ASCII is read, whether its letters or its bytes were written backwards")
  func letters() throws {
    let text = "ЕГН: 1501111740, гр. София; единен граждански номер"
    for body in [Array(String(text.reversed()).utf8), Array(text.utf8.reversed())] {
      #expect(try inspect(body).findings.contains { $0.detector == "bg-egn" && $0.layers == ["reversed"] })
    }
  }

  @Test("encodings within a passage are taken off")
  func within() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    let secret = Encode.base64(Array("token for the service: \(rule.examples[0])".utf8))
    let body = Self.turns[1].turn(Array("The password of the account: ".utf8) + secret + Array(" (please use it)".utf8))
    let found = try inspect(body).findings.filter { $0.detector == rule.id }
    #expect(found.map(\.layers) == [["rot13", "base64"]])
  }

  @Test("a secret that stands among turned words as it is, is told once, and as it is")
  func plain() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    let body = "drowssap terces nekot rebmun tnuocca: \(rule.examples[0]) frperg gbxra cnffjbeq ahzore\n"
    let found = try inspect(Array(body.utf8)).findings.filter { $0.detector == rule.id }
    #expect(found.map(\.layers) == [[]])
  }

  @Test("what is found in a turned passage can be explained")
  func explanation() throws {
    let body = Array("The name of the customer is Dana, social security number 515-48-8139.\n".utf8.reversed())
    let candidates = try Detectors.set().explain(body)
    #expect(candidates.contains { $0.detector.id == "us-ssn" && $0.isFound && $0.layers == ["reversed"] })
  }

  @Test("what is found in a turned passage can be redacted")
  func redaction() throws {
    let detectors = try Detectors.set()
    let content = ContentDescription(contentType: "text/plain")
    for (_, turn) in Self.turns {
      let body = turn(Array("The name of the customer is Dana, social security number 515-48-8139.\n".utf8))
      let findings = try inspect(body, content).findings.filter { $0.detector == "us-ssn" }
      let redacted = try #require(detectors.redact(body, content: content, findings: findings))
      #expect(try !inspect(redacted.bytes, content).findings.contains { $0.detector == "us-ssn" })
    }
  }

  @Test("a message that is nothing but turned words is looked at to its end")
  func hostile() throws {
    let words = Array(String(repeating: "terces nekot drowssap frperg gbxra cnffjbeq 8139-84-515\n", count: 8_000).utf8)
    let findings = try inspect(words + Array("\nsocial security number 515-48-8139\n".utf8)).findings
    #expect(!findings.contains { $0.dataClass == .opaque })
    #expect(findings.contains { $0.detector == "us-ssn" && $0.layers.isEmpty })
  }

  @Test("what a passage holds compressed is bounded, and told where it is too much")
  func bombs() throws {
    let bomb = try Encode.compressed([UInt8](repeating: 0, count: 4 * 1024 * 1024), .zstd)
    let passage = Self.turns[1].turn(Array("the password of the account: ".utf8) + Encode.base64(bomb) + [0x0a])
    let limits = DecodingLimits.standard
    #expect(passage.count < 4096 && limits.maximumExpandedBytes > 4 * 1024 * 1024)
    let opaque = try inspect(passage).findings.filter { $0.dataClass == .opaque }
    #expect(opaque.map(\.detector) == ["inspection-limit"])
  }

  @Test("several secrets in one compressed text are several")
  func compressed() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "us-ssn" })
    #expect(rule.grade == .redact)
    let text = "social security number 515-48-8139, social security number 515-48-8140"
    let packed = try Encode.base64(Encode.compressed(Array(text.utf8), .gzip))
    let body = Self.turns[1].turn(Array("The password of the account: ".utf8) + packed + Array(" (please use it)".utf8))
    let found = try inspect(body).findings.filter { $0.detector == rule.id }
    #expect(found.map(\.layers) == [["rot13", "base64", "gzip"], ["rot13", "base64", "gzip"]])
    #expect(Set(found.map(\.fingerprint)).count == 2)
  }

  @Test("a value that is another one backwards is told as both")
  func twoValues() throws {
    let body = Array("client ip: 51.15.12.34\n".utf8.reversed())
    let found = try inspect(body).findings.filter { $0.detector == "ipv4-address" }
    #expect(Set(found.map(\.layers)) == [[], ["reversed"]])
    #expect(Set(found.map(\.fingerprint)).count == 2)
  }
}
