internal import Crypto
internal import Evidence
internal import Inspection
internal import Testing

/// Values come back where their placeholders stood, whatever the stream looks like.
@Suite struct RestorationTests {
  private static let key = SymmetricKey(data: Array("a key of the tests, 32 bytes long".utf8))
  private static let values = [
    "github-token": "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "private-key": "-----BEGIN KEY-----\nMIIB\"quoted\\and\tmore\n-----END KEY-----\n",
    "email-address": "grace.höpper@navy.mil",
  ]

  private static let entries = values.map { name, value in
    (placeholder: PlaceholderText.make(for: Array(value.utf8), detector: name, key: key), value: Array(value.utf8))
  }
  private static let placeholders = PlaceholderSet(entries)

  private static func value(_ name: String) -> String { values[name, default: ""] }

  private static func placeholder(_ name: String) -> String {
    String(
      decoding: PlaceholderText.make(for: Array(values[name, default: ""].utf8), detector: name, key: key),
      as: UTF8.self)
  }

  /// A text with every placeholder in it, and with what only begins like one.
  private static let text = """
    REDACTED, R, RED\(placeholder("github-token"))\(placeholder("email-address")) and "REDACTED_github_token_" but
    REDACTED_email_address_zzzzzzzzzz, \(placeholder("private-key"))RE
    """
  private static let restored = """
    REDACTED, R, RED\(value("github-token"))\(value("email-address")) and "REDACTED_github_token_" but
    REDACTED_email_address_zzzzzzzzzz, \(value("private-key"))RE
    """

  /// The stream of a text in pieces, and what a client gets of it.
  private func stream(_ text: String, _ dialect: StreamDialect, pieces: [Int]) throws -> (sent: [UInt8], got: [UInt8]) {
    var restoring = AnswerRestoring(Self.placeholders)
    var sent: [UInt8] = []
    var got: [UInt8] = []
    var rest = Substring(text)
    for length in pieces + [text.count] where !rest.isEmpty {
      let event = try dialect.event(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
      sent += event
      got += restoring.take(event, json: dialect.json(in: event)).joined()
    }
    let end = try dialect.end()
    sent += end
    got += restoring.take(end, json: dialect.json(in: end)).joined()
    return (sent, got + restoring.finish().joined())
  }

  @Test("a text in pieces of any length comes back whole", arguments: StreamDialect.allCases)
  func everyPiece(_ dialect: StreamDialect) throws {
    let text = dialect.isArguments ? try Self.json(Self.text) : Self.text
    for length in 1...text.count {
      let pieces = [Int](repeating: length, count: text.count / length + 1)
      let got = try dialect.text(of: stream(text, dialect, pieces: pieces).got)
      if dialect.isArguments {
        #expect(try JSONParser.parse(Array(got.utf8))["content"]?.string == Self.restored, "pieces of \(length)")
      } else {
        #expect(got == Self.restored, "pieces of \(length)")
      }
    }
  }

  @Test("a text in pieces of random lengths comes back whole", arguments: StreamDialect.allCases)
  func randomPieces(_ dialect: StreamDialect) throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let pieces = (0..<200).map { _ in Int.random(in: 0...9, using: &random) }
      #expect(try dialect.text(of: stream(Self.text, dialect, pieces: pieces).got) == Self.restored, "\(pieces)")
    }
  }

  @Test("events in which nothing is replaced go on as they came, to the byte", arguments: StreamDialect.allCases)
  func untouched(_ dialect: StreamDialect) throws {
    let text = "REDACTED_github_token_zzzzzzzzzz \\u0041 REDACTED_ R RED {\"a\": 1} \u{1F600} REDACTED_private_key"
    for length in 1...text.count {
      let (sent, got) = try stream(text, dialect, pieces: [Int](repeating: length, count: text.count / length + 1))
      #expect(sent == got, "pieces of \(length)")
    }
  }

  @Test("an event waits only while it may hold the beginning of a placeholder")
  func holdBack() throws {
    var restoring = AnswerRestoring(Self.placeholders)
    func take(_ piece: String) throws -> [UInt8] {
      let event = try StreamDialect.chatContent.event(piece)
      return Array(restoring.take(event, json: 6..<event.count).joined())
    }
    let first = try take("a text and R")
    #expect(first.isEmpty)
    let second = try take("eally nothing")
    #expect(try StreamDialect.chatContent.text(of: second) == "a text and Really nothing")
    #expect(try !take("one more").isEmpty)
  }

  @Test("texts that come side by side do not mix")
  func sideBySide() throws {
    var restoring = AnswerRestoring(Self.placeholders)
    var got: [UInt8] = []
    let texts = [Self.placeholder("github-token"), Self.placeholder("email-address")].map(Array.init)
    for position in 0..<60 {
      for (index, text) in texts.enumerated() where position < text.count {
        let event = try CanonicalJSON.encode([
          "choices": [["index": .integer(index), "delta": ["content": .string(String(text[position]))]]]
        ])
        got += restoring.take(event + [0x0a], json: 0..<event.count).joined()
      }
    }
    got += restoring.finish().joined()
    var seen = ["", ""]
    for line in got.split(separator: 0x0a) {
      guard case .array(let choices)? = try JSONParser.parse(Array(line))["choices"], let choice = choices.first,
        case .integer(let index)? = choice["index"]
      else { continue }
      seen[index] += choice["delta"]?["content"]?.string ?? ""
    }
    #expect(seen == [Self.value("github-token"), Self.value("email-address")])
  }

  @Test("signed thinking is not touched")
  func thinking() throws {
    var restoring = AnswerRestoring(Self.placeholders)
    let token = Self.placeholder("github-token")
    let event = try CanonicalJSON.encode([
      "content": [
        ["type": "thinking", "thinking": .string("about \(token)"), "signature": "abc"],
        ["type": "text", "text": .string("use \(token)")],
      ]
    ])
    let out = try JSONParser.parse(Array((restoring.take(event, json: 0..<event.count) + restoring.finish()).joined()))
    guard case .array(let blocks)? = out["content"] else { throw EmptyAnswer() }
    #expect(blocks[0]["thinking"]?.string == "about \(token)")
    #expect(blocks[1]["text"]?.string == "use \(Self.value("github-token"))")
  }

  private struct EmptyAnswer: Error {}

  @Test("a value is escaped as often as there are strings around it")
  func nesting() throws {
    let key = Self.value("private-key")
    let placeholder = Self.placeholder("private-key")
    // A file of JSON in the arguments of a tool, in an answer.
    let file = try Self.json(placeholder)
    let arguments = try Self.json(file)
    let answer = try CanonicalJSON.encode(["arguments": .string(arguments), "text": .string("plain \(placeholder)")])
    var restoring = AnswerRestoring(Self.placeholders)
    let out = try JSONParser.parse(
      Array((restoring.take(answer, json: 0..<answer.count) + restoring.finish()).joined()))
    #expect(out["text"]?.string == "plain \(key)")
    let written = try JSONParser.parse(Array((out["arguments"]?.string ?? "").utf8))["content"]?.string ?? ""
    #expect(try JSONParser.parse(Array(written.utf8))["content"]?.string == key)
    #expect(restoring.restored == 2)
  }

  @Test(
    "an answer that means harm costs no more than its length",
    arguments: [
      #"[\#(String(repeating: #"{"delta":"x","data":"y"},"#, count: 60_000))0]"#,
      (0..<120).map { _ in "{\"\(String(repeating: "n", count: 20_000))\":" }.joined() + "1"
        + String(repeating: "}", count: 120),
      #"{"choices":[\#(String(repeating: #"{"delta":{"content":"R"}},"#, count: 60_000))0]}"#,
      #"{"a":"\#(String(repeating: "REDACTED_github_token_", count: 60_000))"}"#,
      String(repeating: "[", count: 1_000_000),
    ])
  func hostile(_ text: String) {
    var restoring = AnswerRestoring(Self.placeholders)
    let bytes = Array(text.utf8)
    let out = restoring.take(bytes, json: 0..<bytes.count) + restoring.finish()
    #expect(Array(out.joined()) == bytes)
  }

  @Test("half a character at the end of a piece is kept, and what comes after is read right")
  func halves() throws {
    let placeholder = Self.placeholder("private-key")
    let events = [#"{\"m\":\"\ud83d"#, #"\ude00 \#(placeholder)\"}"#].map {
      Array(#"{"type":"response.function_call_arguments.delta","item_id":"a","delta":"\#($0)"}"#.utf8)
    }
    var restoring = AnswerRestoring(Self.placeholders)
    var out = events.flatMap { restoring.take($0, json: 0..<$0.count) }
    out += restoring.finish()
    #expect(out.first == events[0])
    let text = String(decoding: out[1], as: UTF8.self)
    #expect(text.contains(#"\ude00 -----BEGIN KEY-----\\nMIIB\\\"quoted"#))
  }

  @Test("a placeholder before a brace is text: what follows is no JSON")
  func afterPlaceholder() throws {
    let text = "\(Self.placeholder("github-token")) {\"k\": \"\(Self.placeholder("private-key"))\"}"
    let answer = try CanonicalJSON.encode(["text": .string(text)])
    var restoring = AnswerRestoring(Self.placeholders)
    let out = try JSONParser.parse(
      Array((restoring.take(answer, json: 0..<answer.count) + restoring.finish()).joined()))
    #expect(out["text"]?.string == "\(Self.value("github-token")) {\"k\": \"\(Self.value("private-key"))\"}")
  }

  @Test("plain text in pieces of any length comes back whole")
  func plainText() {
    let text = Array(Self.text.utf8)
    for length in 1...text.count {
      var restoring = TextRestoring(Self.placeholders)
      var got: [UInt8] = []
      for start in stride(from: 0, to: text.count, by: length) {
        got += restoring.take(Array(text[start..<min(text.count, start + length)]))
      }
      #expect(got + restoring.finish() == Array(Self.restored.utf8), "pieces of \(length)")
    }
  }

  private static func json(_ text: String) throws -> String {
    String(decoding: try CanonicalJSON.encode(["content": .string(text)]), as: UTF8.self)
  }
}
