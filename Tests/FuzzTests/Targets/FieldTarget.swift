internal import NIOCore
internal import Wire

/// What stands in fields, events of a `text/event-stream`, and messages of Amazon's event stream.
enum FieldTarget {
  static func check(_ bytes: [UInt8]) throws {
    try checkEvents(bytes)
    try checkMessages(bytes)
    try checkMessages(messages(of: bytes))
    let text = String(decoding: bytes, as: UTF8.self)
    try checkAuthority(text)
    let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(Substring($0)) }
    let fields = lines.map { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return HTTPField(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
    }
    try checkHandshake(fields)
  }

  private static func checkEvents(_ bytes: [UInt8]) throws {
    var scanner = ServerSentEventScanner()
    let ends = scanner.scan(ByteBuffer(bytes: bytes))
    try demand(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 }, "events end in no order")
    try demand(ends.allSatisfy { $0 > 0 && $0 <= bytes.count }, "an event ends outside")
    for pieces in Pieces.ways(of: bytes) {
      var scanner = ServerSentEventScanner()
      var found: [Int] = []
      var start = 0
      for piece in pieces {
        found += scanner.scan(ByteBuffer(bytes: piece)).map { $0 + start }
        start += piece.count
      }
      // Between CR and LF an event may end one byte earlier, as the LF may never come.
      let same = zip(found, ends).allSatisfy { one, other in
        one == other || one + 1 == other && bytes[one] == 0x0a && bytes[one - 1] == 0x0d
      }
      try demand(found.count == ends.count && same, "events depend on how the bytes are cut")
    }
  }

  /// With checksums that are right, which nobody guesses: each line a payload, behind half of it as headers.
  private static func messages(of bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
    let messages = lines.map { EventStreamMessage(headers: Array($0.prefix($0.count / 2)), payload: $0) }
    return messages.flatMap(\.encoded) + bytes.suffix(9)
  }

  private static func checkMessages(_ bytes: [UInt8]) throws {
    func read(_ pieces: [[UInt8]]) -> (messages: [EventStreamMessage], rest: [UInt8], EventStreamError?) {
      var reader = EventStreamReader(maximumBytes: 1024)
      var messages: [EventStreamMessage] = []
      var error: EventStreamError?
      for piece in pieces {
        reader.append(ByteBuffer(bytes: piece))
        guard error == nil else { continue }
        do throws(EventStreamError) {
          while let message = try reader.next() { messages.append(message) }
        } catch let thrown {
          error = thrown
        }
      }
      return (messages, Array(reader.rest.readableBytesView), error)
    }
    let whole = read([bytes])
    try demand(whole.messages.flatMap(\.encoded) + whole.rest == bytes, "messages and what is left are not what came")
    for pieces in Pieces.ways(of: bytes) {
      try demand(read(pieces) == whole, "messages depend on how the bytes are cut")
    }
  }

  private static func checkAuthority(_ text: String) throws {
    guard let authority = HTTPAuthority(text) else { return }
    let host = authority.host.contains(":") ? "[\(authority.host)]" : authority.host
    let again = HTTPAuthority(authority.port.map { "\(host):\($0)" } ?? host)
    try demand(again == authority, "an authority that we write is another: \(authority)")
    let target = RequestTarget(text, method: "CONNECT")
    try demand(target == nil || authority.port != nil, "CONNECT without a port")
  }

  private static func checkHandshake(_ fields: [HTTPField]) throws {
    let request = RequestHead(method: "GET", target: "/", authority: "h", fields: fields)
    let offer = [
      HTTPField(name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits"),
      HTTPField(name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ=="),
    ]
    let known = RequestHead(method: "GET", target: "/", authority: "h", fields: offer)
    _ = try? WebSocketHandshake.check(request: request)
    _ = try? WebSocketHandshake.check(response: ResponseHead(status: 101, version: .http1_1, fields: fields), to: known)
    if let offers = PerMessageDeflate.readableOffers(in: fields) {
      let again = PerMessageDeflate.readableOffers(in: [HTTPField(name: "Sec-WebSocket-Extensions", value: offers)])
      try demand(again == offers, "offers that we pass on are other offers")
    }
    if let agreed = try? PerMessageDeflate.agreed(request: offer, response: fields) {
      try demand((8...15).contains(agreed.clientWindowBits), "a window of \(agreed.clientWindowBits) bits")
      try demand((8...15).contains(agreed.serverWindowBits), "a window of \(agreed.serverWindowBits) bits")
    }
  }
}
