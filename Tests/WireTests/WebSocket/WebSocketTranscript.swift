import NIOCore
import Wire

/// What a reader made of some bytes.
struct WebSocketTranscript: Equatable {
  var events: [WebSocketEvent] = []
  var error: WebSocketError.Code?

  init(
    _ pieces: [[UInt8]], from sender: WebSocketSender = .server, inflater: MessageInflater? = nil,
    limits: WireLimits = WireLimits()
  ) {
    var reader = WebSocketReader(from: sender, inflater: inflater, limits: limits)
    do throws(WebSocketError) {
      for piece in pieces {
        reader.append(ByteBuffer(bytes: piece))
        while let event = try reader.next() { events.append(event) }
      }
    } catch {
      self.error = error.code
    }
  }

  var messages: [WebSocketMessage] {
    events.compactMap { if case .message(let message) = $0 { message } else { nil } }
  }

  var pings: [WebSocketFrame] {
    events.compactMap { if case .ping(let frame) = $0 { frame } else { nil } }
  }

  var texts: [String] { messages.map { String(buffer: $0.payload) } }
}

/// Bytes written as in a standard's examples: `0x81 0x05 …`.
func bytes(_ hexadecimal: String) -> [UInt8] {
  hexadecimal.split(separator: " ").compactMap { UInt8($0.dropFirst($0.hasPrefix("0x") ? 2 : 0), radix: 16) }
}
