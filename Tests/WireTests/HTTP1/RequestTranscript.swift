import NIOCore
import Wire

/// What a parser made of some bytes, with neighbouring pieces of a body joined, so that two transcripts are equal
/// exactly where two readers would see the same messages.
struct RequestTranscript: Equatable, CustomStringConvertible {
  struct Message: Equatable {
    var method: String
    var target: String
    var authority: String?
    var fields: [HTTPField]
    var framing: BodyFraming
    var content: [UInt8] = []
    var trailers: [HTTPField] = []
    var hasEnded = false
  }

  var messages: [Message] = []
  /// All the bytes that events carried.
  var wire: [UInt8] = []
  var remaining: [UInt8] = []
  var error: HTTPSyntaxError.Code?

  init(_ pieces: [[UInt8]], limits: WireLimits = WireLimits(), closing: Bool = false) {
    var parser = RequestParser(limits: limits)
    do throws(HTTPSyntaxError) {
      for piece in pieces {
        parser.append(ByteBuffer(bytes: piece))
        while let event = try parser.next() { take(event) }
      }
      if closing { try parser.finish() }
      if parser.isAwaitingSwitch { remaining = Array(parser.takeRemaining().readableBytesView) }
    } catch {
      self.error = error.code
    }
  }

  init(_ text: String, limits: WireLimits = WireLimits(), closing: Bool = false) {
    self.init([Array(text.utf8)], limits: limits, closing: closing)
  }

  private mutating func take(_ event: RequestParser.Event) {
    switch event {
    case .head(let head, let framing):
      wire += head.raw.map { Array($0.readableBytesView) } ?? []
      messages.append(
        Message(
          method: head.method, target: head.target, authority: head.authority, fields: head.fields, framing: framing))
    case .body(let content, let bytes):
      wire += Array(bytes.readableBytesView)
      messages[messages.count - 1].content += Array(content.readableBytesView)
    case .end(let trailers, let bytes):
      wire += Array(bytes.readableBytesView)
      messages[messages.count - 1].trailers = trailers
      messages[messages.count - 1].hasEnded = true
    }
  }

  var description: String {
    "\(messages.count) messages, \(wire.count) bytes, \(error.map { "\($0)" } ?? "no error")"
  }
}
