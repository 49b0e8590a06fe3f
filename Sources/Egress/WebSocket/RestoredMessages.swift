internal import Enforcement
internal import NIOCore
internal import Wire

/// The server's messages on their way to the client, with what it was not sent put back.
struct RestoredMessages: ~Copyable {
  private let restorer: MessageRestorer
  private var reader: WebSocketReader
  private var writer: WebSocketWriter
  /// Those that the restorer still has, in their order.
  private var waiting: [WebSocketMessage] = []

  /// - Throws: where the compression that was agreed on cannot be taken off.
  init(
    _ restorer: MessageRestorer, _ deflate: PerMessageDeflate?, limits: WireLimits
  ) throws(WebSocketError) {
    self.restorer = restorer
    var inflater: MessageInflater?
    if let deflate {
      inflater = try MessageInflater(
        keepsContext: deflate.keepsContext(of: .server), windowBits: deflate.windowBits(of: .server))
    }
    reader = WebSocketReader(from: .server, inflater: inflater, limits: limits)
    writer = WebSocketWriter(from: .server, deflate: deflate)
  }

  /// Placeholders that were replaced so far.
  var count: Int { restorer.restored }

  /// - Returns: whole frames for the client.
  mutating func take(_ bytes: ByteBuffer) throws(WebSocketError) -> ByteBuffer {
    reader.append(bytes)
    var out = ByteBuffer()
    while let event = try reader.next() {
      switch event {
      case .message(let message):
        waiting.append(message)
        write(restorer.take(Array(message.payload.readableBytesView), isText: message.isText), to: &out)
      case .close(_, _, let frame):
        write(restorer.finish(), to: &out)
        out.writeImmutableBuffer(writer.bytes(of: frame))
      case .ping(let frame), .pong(let frame): out.writeImmutableBuffer(writer.bytes(of: frame))
      }
    }
    return out
  }

  /// The server says no more.
  mutating func finish() -> ByteBuffer {
    var out = ByteBuffer()
    write(restorer.finish(), to: &out)
    return out
  }

  private mutating func write(_ messages: [[UInt8]], to out: inout ByteBuffer) {
    for message in messages {
      let original = waiting.removeFirst()
      let isSame = original.payload.readableBytesView.elementsEqual(message)
      out.writeImmutableBuffer(
        isSame ? writer.bytes(of: original) : writer.bytes(replacing: original, with: ByteBuffer(bytes: message)))
    }
  }
}
