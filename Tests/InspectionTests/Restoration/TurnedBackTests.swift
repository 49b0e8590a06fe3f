internal import Crypto
internal import Decoding
internal import Evidence
internal import Inspection
internal import Synchronization
internal import Testing

/// What is taken out of a request can be put back into an answer that repeats it.
@Suite struct TurnedBackTests {
  private static let secret = "some_abcdefghijklmnopqrst"
  private static let json = ContentDescription(contentType: "application/json")

  private static let detectors = Result {
    try DetectorSet(
      rules: [
        DetectorRule(id: "some-token", name: "Some token", grade: .block, patterns: [#"\bsome_[a-z]{20}(?![a-z])"#]),
        DetectorRule(id: "some-number", name: "Some number", grade: .block, patterns: [#"\b77[0-9]{10}\b"#]),
        DetectorRule(id: "some-mail", name: "Some mail", grade: .redact, patterns: [#"\b[a-z.]{1,20}@[a-z.-]{3,30}"#]),
        DetectorRule(
          id: "some-key", name: "Some key", grade: .block,
          patterns: [#"-----BEGIN KEY-----[\sA-Za-z0-9"\\]{8,80}-----END KEY-----"#]),
      ], fingerprintKey: Detectors.key)
  }

  /// The values that were taken out.
  private final class Taken: Sendable {
    private let entries = Mutex<[(placeholder: [UInt8], value: [UInt8], kind: RedactedKind)]>([])

    var pseudonyms: Pseudonyms {
      let known = KnownValues(entries.withLock { $0.map { ($0.value, $0.kind) } })
      return Pseudonyms(known: known) { [self] value, kind in
        let placeholder = PlaceholderText.make(
          for: value, detector: kind.detector, key: SymmetricKey(data: Detectors.key.withValue { $0 }))
        entries.withLock { $0.append((placeholder, value, kind)) }
        return placeholder
      }
    }

    func restored(_ text: [UInt8]) -> [UInt8] {
      var restoring = AnswerRestoring(PlaceholderSet(entries.withLock { $0.map { ($0.placeholder, $0.value) } }))
      return Array((restoring.take(text, json: 0..<text.count) + restoring.finish()).joined())
    }

    var values: [String] { entries.withLock { $0.map { String(decoding: $0.value, as: UTF8.self) } } }
  }

  private func redact(
    _ body: String, _ taken: Taken, _ content: ContentDescription = Self.json, onlyKnown: Bool = false
  ) throws -> Redacted? {
    let detectors = try Self.detectors.get()
    let findings = Array(body.utf8).withUnsafeBytes { detectors.inspect($0, content: content, place: .body) }.findings
    return detectors.redact(
      Array(body.utf8), content: content, kinds: onlyKnown ? [] : Set(findings.map(RedactedKind.init)),
      pseudonyms: taken.pseudonyms)
  }

  @Test(
    "what was taken out of JSON comes back as it was",
    arguments: [
      #"{"a":"x some_abcdefghijklmnopqrst y","b":"\nsome_abcdefghijklmnopqrst\""}"#,
      #"{"a":"-----BEGIN KEY-----\nMIIB\"x\\n\n-----END KEY-----"}"#,
      #"{"arguments":"{\"file\":\"-----BEGIN KEY-----\\nMIIBab\\n-----END KEY-----\\n\"}"}"#,
      #"{"a":"const k = \"some_abcdefghij\" +\n \"klmnopqrst\";"}"#,
      #"{"some_abcdefghijklmnopqrst":1}"#,
      // Prompts that look like JSON and are none.
      #"{"a":"[some_abcdefghijklmnopqrst]"}"#, #"{"a":"{{ some_abcdefghijklmnopqrst }}"}"#,
      #"{"a":"[1, some_abcdefghijklmnopqrst, 3]"}"#, #"{"a":"{\"mail\": x.y@example-mail.org}"}"#,
    ])
  func roundTrip(_ body: String) throws {
    let taken = Taken()
    let redacted = try #require(try redact(body, taken))
    #expect(redacted.replaced > 0)
    for value in taken.values { #expect(!String(decoding: redacted.bytes, as: UTF8.self).contains(value)) }
    let isName = body.hasPrefix(#"{"some"#)
    // A model's answer has no names that were taken out; they stay placeholders.
    if !isName { #expect(try JSONParser.parse(taken.restored(redacted.bytes)) == JSONParser.parse(Array(body.utf8))) }
  }

  @Test(
    "an escape before a value is no letter of it",
    arguments: [
      #"{"a":"x@y.org\nsome.name@example-mail.org\nz"}"#,
      #"{"arguments":"{\"a\":\"x@y.org\\nsome.name@example-mail.org\\nz\"}"}"#,
    ])
  func escapeBefore(_ body: String) throws {
    let taken = Taken()
    let redacted = try #require(try redact(body, taken))
    #expect(Set(taken.values) == ["x@y.org", "some.name@example-mail.org"])
    #expect(try JSONParser.parse(taken.restored(redacted.bytes)) == JSONParser.parse(Array(body.utf8)))
  }

  @Test("a number in JSON becomes a string, so that the body stays JSON")
  func number() throws {
    let taken = Taken()
    let redacted = try #require(try redact(#"{"n":771234567890,"m":[771234567891]}"#, taken))
    let value = try JSONParser.parse(redacted.bytes)
    #expect(value["n"]?.string?.hasPrefix("REDACTED_some_number_") == true)
    #expect(taken.values == ["771234567890", "771234567891"])
  }

  @Test("so does one in a tool's arguments, so that they stay JSON")
  func nestedNumber() throws {
    let redacted = try #require(try redact(#"{"arguments":"{\"n\": 771234567890}"}"#, Taken()))
    let arguments = try JSONParser.parse(redacted.bytes)["arguments"]?.string ?? ""
    #expect(try JSONParser.parse(Array(arguments.utf8))["n"]?.string?.hasPrefix("REDACTED_some_number_") == true)
  }

  @Test("what says that it is JSON and is none, or is too deep to be read, is not touched")
  func brokenJSON() throws {
    let deep = String(repeating: "[", count: 130) + String(repeating: "]", count: 130)
    #expect(try redact(#"{"a":"some_abcdefghijklmnopqrst","#, Taken()) == nil)
    #expect(try redact(#"{"x":\#(deep),"a":"some_abcdefghijklmnopqrst"}"#, Taken()) == nil)
  }

  @Test("a tool's argument that is called as what vendors sign is taken out like any other")
  func argumentName() throws {
    let body = #"{"type":"tool_use","input":{"thinking":"some_abcdefghijklmnopqrst","signature":7}}"#
    #expect(try redact(body, Taken())?.replaced == 1)
  }

  @Test("many values that begin and end alike cost no more than one")
  func alike() throws {
    let lines = (1...200).map { "-----BEGIN KEY-----" + String(repeating: "A", count: $0 * 70) + "-----END KEY-----" }
    let kind = RedactedKind(detector: "some-key", dataClass: .credential, grade: .block)
    let known = KnownValues(lines.map { (Array($0.utf8), kind) })
    let text = Array((String(repeating: "-----BEGIN KEY-----", count: 20_000) + lines[150]).utf8)
    let found = try Self.detectors.get().occurrences(of: known, in: text, place: .body, besides: [])
    #expect(found.map { $0.span.end - $0.span.start } == [lines[150].utf8.count])
  }

  @Test("one value has one placeholder, wherever it stands")
  func same() throws {
    let taken = Taken()
    let redacted = try #require(
      try redact(#"{"a":"some_abcdefghijklmnopqrst","b":["{\"c\":\"some_abcdefghijklmnopqrst\"}"]}"#, taken))
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    let placeholders = Set(
      text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.filter { $0.hasPrefix("REDACTED_") })
    #expect(placeholders.count == 1)
  }

  @Test("what was taken out once is taken out again where no detector knows it any more")
  func known() throws {
    let taken = Taken()
    _ = try #require(try redact(#"{"a":"771234567890"}"#, taken))
    let detectors = try Self.detectors.get()
    let body = Array(
      #"{"a":"it is 771234567890, or in base64 bG9uZyBiZWZvcmUgdGhlcmUgd2FzIDc3MTIzNDU2Nzg5MCwgYW5kIGFmdGVyIGl0IG1vcmU="}"#
        .utf8)
    let redacted = try #require(
      detectors.redact(body, content: Self.json, kinds: [], pseudonyms: taken.pseudonyms))
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    #expect(redacted.replaced == 2)
    #expect(
      !text.contains("771234567890")
        && !text.contains("bG9uZyBiZWZvcmUgdGhlcmUgd2FzIDc3MTIzNDU2Nzg5MCwgYW5kIGFmdGVyIGl0IG1vcmU="))
  }

  @Test("what was taken out is known in a later message, as what it was found to be, and once for each place")
  func recognised() throws {
    let taken = Taken()
    _ = try #require(try redact(#"{"a":"771234567890"}"#, taken))
    let detectors = try Self.detectors.get()
    let body = Array(#"{"a":"x771234567890x and 771234567890 and \n771234567890"}"#.utf8)
    let found = detectors.occurrences(
      of: taken.pseudonyms.known, in: body, content: Self.json, place: .body, besides: [])
    #expect(found.map(\.span) == [Span(25, 37), Span(44, 56)])
    #expect(found.allSatisfy { $0.detector == "some-number" && $0.grade == .block && $0.fingerprint != nil })
    let besides = detectors.occurrences(
      of: taken.pseudonyms.known, in: body, content: Self.json, place: .body, besides: found)
    #expect(besides.isEmpty)
  }

  @Test("a body without anything to take out stays as it is")
  func nothing() throws {
    let taken = Taken()
    _ = try #require(try redact(#"{"a":"771234567890"}"#, taken))
    let body = #"{"a":"7712345678901, 77123456789"}"#
    let redacted = try #require(try redact(body, taken, onlyKnown: true))
    #expect(redacted.replaced == 0)
    #expect(redacted.bytes == Array(body.utf8))
  }

  @Test("a thing within signed thinking is not touched, so that the caller blocks")
  func sealed() throws {
    let body = #"{"content":[{"type":"thinking","thinking":"some_abcdefghijklmnopqrst","signature":"x"}]}"#
    #expect(try redact(body, Taken()) == nil)
  }
}
