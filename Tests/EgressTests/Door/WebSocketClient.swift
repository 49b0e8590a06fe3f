internal import NIOCore

@testable internal import Wire

/// A client that has changed to WebSocket through the door.
final class WebSocketClient {
  let client: DoorClient
  private let isCompressed: Bool

  init(_ harness: DoorHarness, deflate: Bool) async throws {
    client = try await harness.client()
    isCompressed = deflate
    client.send(
      "GET http://server.test/socket HTTP/1.1\r\nHost: server.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "") + "\r\n")
    let head = try await client.read(until: "\r\n\r\n")
    guard head.hasPrefix("HTTP/1.1 101") else { throw DoorClient.Ended(received: head) }
  }

  /// The upstream's side: agrees, then remembers what comes and sends it back.
  static func script(deflate: Bool) -> UpstreamServer.Script {
    { _ in
      let agreed = deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : ""
      return [
        .answer(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\(agreed)"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"), .echo,
      ]
    }
  }

  /// What masked frames hold, as it was compressed; masks and frames on the way to the upstream are the door's.
  static func contents(of wire: [UInt8]) throws -> [[UInt8]] {
    var parser = WebSocketFrameParser(from: .client, allowsCompression: true)
    parser.append(ByteBuffer(bytes: wire))
    var contents: [[UInt8]] = []
    while let frame = try parser.next() { contents.append(Array(frame.payload.readableBytesView)) }
    return contents
  }

  /// - Returns: the frame as it was sent.
  func send(_ text: String) throws -> [UInt8] {
    var payload = ByteBuffer(string: text)
    if isCompressed, let small = MessageDeflater.deflate(payload, windowBits: 15) { payload = small }
    let frame = WebSocketFrame.encode(.text, payload, isCompressed: isCompressed, maskingKey: 0x1234_5678)
    client.send(frame)
    return Array(frame.readableBytesView)
  }
}
