internal import NIOCore

/// Collects a request, head and body by Content-Length or up to a last chunk, and does what the script says.
final class ScriptedHTTP1Server: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Step: Sendable {
    case answer(String)
    case answerAndClose(String)
    case close
    case silence
    /// Answers, then sends back whatever comes.
    case switchProtocols(String)
  }

  struct Request: Sendable {
    /// Its number on this connection, from 1.
    let number: Int
    let connection: Int
    let text: String

    var target: String { text.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
  }

  private let connection: Int
  private let script: @Sendable (Request) -> Step
  private var received = ""
  private var count = 0
  private var isSwitched = false

  init(connection: Int, script: @escaping @Sendable (Request) -> Step) {
    self.connection = connection
    self.script = script
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    if isSwitched {
      context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
      return
    }
    received += String(buffer: bytes)
    while let text = takeRequest() {
      count += 1
      perform(script(Request(number: count, connection: connection, text: text)), context)
    }
  }

  private func perform(_ step: Step, _ context: ChannelHandlerContext) {
    switch step {
    case .silence: return
    case .close: context.close(promise: nil)
    case .answer(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    case .switchProtocols(let text):
      isSwitched = true
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    case .answerAndClose(let text):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      context.close(promise: nil)
    }
  }

  private func takeRequest() -> String? {
    guard let head = received.firstRange(of: "\r\n\r\n") else { return nil }
    let fields = received[..<head.lowerBound].lowercased()
    var end = head.upperBound
    if fields.contains("transfer-encoding: chunked") {
      guard let last = received[head.upperBound...].firstRange(of: "0\r\n"),
        let close = received[last.lowerBound...].firstRange(of: "\r\n\r\n")
      else { return nil }
      end = close.upperBound
    } else if let field = fields.firstRange(of: "content-length: ") {
      let length = Int(fields[field.upperBound...].prefix { $0.isNumber }) ?? 0
      guard received[head.upperBound...].utf8.count >= length else { return nil }
      end = received.utf8.index(head.upperBound, offsetBy: length)
    }
    let text = String(received[..<end])
    received = String(received[end...])
    return text
  }
}
