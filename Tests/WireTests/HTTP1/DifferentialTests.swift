import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import Wire

/// Our parser beside llhttp, which Node and SwiftNIO use: what we let through, the other side must read as we did.
@Suite struct DifferentialTests {
  struct Reading: Equatable {
    var method: String
    var target: String
    var fields: [HTTPField]
    var content: [UInt8] = []
    var trailers: [HTTPField] = []
  }

  /// - Returns: `nil` where llhttp refuses.
  private func reference(_ bytes: [UInt8]) -> [Reading]? {
    let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
    let channel = EmbeddedChannel(handler: decoder)
    defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
    var readings: [Reading] = []
    do {
      try channel.writeInbound(ByteBuffer(bytes: bytes))
      while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
        switch part {
        case .head(let head):
          readings.append(
            Reading(method: head.method.rawValue, target: head.uri, fields: Self.fields(head.headers)))
        case .body(let body): readings[readings.count - 1].content += body.readableBytesView
        case .end(let trailers): readings[readings.count - 1].trailers = Self.fields(trailers ?? [:])
        }
      }
    } catch {
      return nil
    }
    return readings
  }

  /// llhttp leaves the white space behind a value to its user.
  private static func fields(_ headers: HTTPHeaders) -> [HTTPField] {
    headers.map { HTTPField(name: $0.name, value: String($0.value.trimmingOptionalWhitespace)) }
  }

  /// llhttp refuses methods that it has no name for; that is no difference of reading.
  private static let methods: Set = ["GET", "POST", "PUT", "OPTIONS"]

  private static let seeds = [
    "GET /a?b HTTP/1.1\r\nHost: h\r\nX-Empty:\r\nAccept: a,\tb\r\n\r\n",
    "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nab",
    "PUT http://h/d HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "4;x=y\r\nabcd\r\n1\r\n\r\r\n0\r\nT: u\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: h:80\r\nConnection: keep-alive\r\n\r\n",
  ].map { Array($0.utf8) }

  @Test("what we accept, llhttp reads in the same way")
  func agreement() throws {
    var generator = SeededGenerator(seed: 4242)
    let alphabet = Array("\r\n\t :;,=\"/0123456789abXHT*+-".utf8)
    var accepted = 0
    var refusedByReference: [String] = []
    for _ in 0..<20_000 {
      var bytes = Self.seeds.shuffled(using: &generator).prefix(2).flatMap { $0 }
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        default: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        }
      }
      let ours = RequestTranscript([bytes])
      guard ours.error == nil, ours.wire.count == bytes.count, !ours.messages.isEmpty,
        ours.messages.allSatisfy({ Self.methods.contains($0.method) })
      else { continue }
      accepted += 1
      guard let theirs = reference(bytes) else {
        let text = String(decoding: bytes, as: UTF8.self)
        // llhttp takes no tab behind a length, which RFC 9110 §5.5 allows behind every value.
        if !text.contains("\t\r\n") { refusedByReference.append(text) }
        continue
      }
      let readings = ours.messages.map {
        Reading(method: $0.method, target: $0.target, fields: $0.fields, content: $0.content, trailers: $0.trailers)
      }
      #expect(readings == theirs, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
    #expect(accepted > 2000)
    #expect(refusedByReference == [], "\(refusedByReference.count) of \(accepted)")
  }
}
