import NIOCore
import Wire

/// What a response parser made of some bytes, with neighbouring pieces of a body joined.
struct ResponseTranscript: Equatable {
  struct Message: Equatable {
    var status: Int
    var reason: String
    var framing: BodyFraming?
    var content: [UInt8] = []
    var trailers: [HTTPField] = []
    var hasEnded = false
  }

  var messages: [Message] = []
  var wire: [UInt8] = []
  var remaining: [UInt8] = []
  var isReusable = false
  var error: HTTPSyntaxError?

  init(
    _ pieces: [[UInt8]], to requests: [RequestHead], limits: WireLimits = WireLimits(), closing: Bool = false
  ) {
    var parser = ResponseParser(limits: limits)
    for request in requests { parser.expectResponse(to: request) }
    do throws(HTTPSyntaxError) {
      for piece in pieces {
        parser.append(ByteBuffer(bytes: piece))
        while let event = try parser.next() { take(event) }
      }
      isReusable = parser.isReusable
      if closing, let event = try parser.finish() { take(event) }
      if parser.hasSwitched { remaining = Array(parser.takeRemaining().readableBytesView) }
    } catch {
      self.error = error
    }
  }

  init(
    _ text: String, to method: String = "GET", upgrade: Bool = false, limits: WireLimits = WireLimits(),
    closing: Bool = false
  ) {
    let fields = [HTTPField(name: "Connection", value: "upgrade"), HTTPField(name: "Upgrade", value: "websocket")]
    let request = RequestHead(method: method, target: "/", authority: "h", fields: upgrade ? fields : [])
    self.init([Array(text.utf8)], to: [request], limits: limits, closing: closing)
  }

  private mutating func take(_ event: ResponseParser.Event) {
    switch event {
    case .interim(let head):
      wire += head.raw.map { Array($0.readableBytesView) } ?? []
      messages.append(Message(status: head.status, reason: head.reason, framing: nil))
    case .head(let head, let framing):
      wire += head.raw.map { Array($0.readableBytesView) } ?? []
      messages.append(Message(status: head.status, reason: head.reason, framing: framing))
    case .body(let content, let bytes):
      wire += Array(bytes.readableBytesView)
      messages[messages.count - 1].content += Array(content.readableBytesView)
    case .end(let trailers, let bytes):
      wire += Array(bytes.readableBytesView)
      messages[messages.count - 1].trailers = trailers
      messages[messages.count - 1].hasEnded = true
    }
  }
}
