internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

/// What is found does not depend on how the message came.
@Suite struct ChunkTests {
  private let index = SourceIndex(["Sources/SettingReader.swift": Sample.parser, "relay.py": Sample.server])

  private func body() throws -> [UInt8] {
    let text =
      "Compare:\n\n" + Sample.lines(Sample.parser, 2...20) + "\n\nwith\n\n" + Sample.lines(Sample.server, 6...16)
    return try CanonicalJSON.encode(
      .object(["a": .string(text), "b": .string(Sample.base64(Array(Sample.server.utf8)))]))
  }

  @Test("every cut of a body in two gives the same")
  func everyCut() throws {
    let body = try body()
    let whole = attribute(body, index)
    #expect(whole.sources.count == 2)
    for cut in 0...body.count { #expect(attribute(body, index, cuts: [cut]) == whole, "\(cut)") }
  }

  @Test("a body of many segments gives the same in random pieces")
  func randomPieces() throws {
    var source = Seeded(5)
    var text = ""
    while text.utf8.count < 700_000 {
      text += "Noise \(UInt64.random(in: 0 ... .max, using: &source)) and more of it\n"
      if Int.random(in: 0..<300, using: &source) == 0 { text += Sample.lines(Sample.parser, 2...20) + "\n" }
    }
    text += Sample.server
    let body = try CanonicalJSON.encode(.array([.string(text)]))
    let whole = attribute(body, index)
    #expect(whole.sources.count == 2)
    for _ in 0..<4 {
      let cuts = (0..<12).map { _ in Int.random(in: 0...body.count, using: &source) }
      #expect(attribute(body, index, cuts: cuts) == whole)
    }
  }

  @Test("asking before the end changes nothing")
  func soFar() throws {
    let body = try body()
    let whole = attribute(body, index)
    for cut in stride(from: 0, through: body.count, by: 97) {
      let message = Message(index)
      message.receive(body[..<cut])
      _ = message.attributor.attributedSoFar()
      message.receive(body[cut...])
      #expect(message.finish() == whole, "\(cut)")
    }
  }

  @Test("a message that came before the index was there is compared when it is")
  func late() {
    let index = SourceIndex()
    let message = Message(index)
    message.receive(Sample.server.utf8)
    #expect(message.finish().sources.isEmpty)
    index.take("relay.py", Sample.server)
    #expect(message.attributor.attributedSoFar().places == ["relay.py:1-20"])
  }
}
