package import NIOCore

/// Reads HTTP/1 requests one after another out of a byte stream, strictly: whatever two readers could take
/// differently is refused (RFC 9112 §11.2), and what is accepted keeps its exact bytes.
///
/// Give it bytes with ``append(_:)``, then call ``next()`` until it returns `nil`. The first error is final: every
/// later call throws it again. After a request that changes the protocol (CONNECT, or an `Upgrade` that the server may
/// accept) the parser waits for ``resume()`` or ``takeRemaining()``.
package struct RequestParser: ~Copyable {
  package enum Event: Sendable {
    case head(RequestHead, BodyFraming)
    /// `content` is the body without chunk framing, `wire` the bytes as they came with it. Either may be empty.
    case body(content: ByteBuffer, wire: ByteBuffer)
    case end(trailers: [HTTPField], wire: ByteBuffer)
  }

  private enum Phase {
    case betweenMessages
    case head
    case body(BodyReader)
    /// The message has ended; the next bytes may be of another protocol.
    case awaitingSwitch
    case closed
    case switched
    case failed(HTTPSyntaxError)
  }

  private let limits: WireLimits
  private var phase = Phase.betweenMessages
  private var buffer = ByteBuffer()
  private var boundary = SectionBoundary()
  private var hasSkippedEmptyLine = false
  /// What comes after the message that is being read.
  private var following = Phase.betweenMessages
  private var awaitsSwitch = false
  /// Bytes of chunk extensions in the last message: they are in no event's content, only in its wire bytes.
  package private(set) var chunkExtensionBytes = 0

  package init(limits: WireLimits = WireLimits()) {
    self.limits = limits
  }

  /// Whether a request that may change the protocol has ended, and the parser waits to be told.
  package var isAwaitingSwitch: Bool {
    if case .awaitingSwitch = phase { true } else { false }
  }

  /// Whether no byte of an unfinished request has been read.
  package var isBetweenMessages: Bool {
    if case .betweenMessages = phase { buffer.readableBytes == 0 } else { false }
  }

  package var hasUnreadBytes: Bool { buffer.readableBytes > 0 }

  /// Bytes that were appended and belong to no event yet.
  package var unreadBytes: Int { buffer.readableBytes }

  /// Copies only what an unfinished line left over.
  package mutating func append(_ bytes: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.writeImmutableBuffer(bytes)
    }
  }

  /// - Returns: `nil` while more bytes are needed.
  package mutating func next() throws(HTTPSyntaxError) -> Event? {
    let event = try readNext()
    // The connection reads into the same memory again where nobody keeps it.
    if buffer.readableBytes == 0 { buffer = ByteBuffer() }
    return event
  }

  private mutating func readNext() throws(HTTPSyntaxError) -> Event? {
    do throws(HTTPSyntaxError) {
      switch phase {
      case .betweenMessages, .head: return try readHead()
      case .body(let reader): return try readBody(reader)
      case .closed:
        guard buffer.readableBytes == 0 else { throw HTTPSyntaxError(.dataAfterClose) }
        return nil
      case .awaitingSwitch, .switched: return nil
      case .failed(let error): throw error
      }
    } catch {
      phase = .failed(error)
      throw error
    }
  }

  /// The client has closed its side.
  ///
  /// - Throws: `truncated` where a request had begun.
  package mutating func finish() throws(HTTPSyntaxError) {
    switch phase {
    case .betweenMessages where buffer.readableBytes == 0, .awaitingSwitch, .closed, .switched: phase = .closed
    case .failed(let error): throw error
    default:
      let error = HTTPSyntaxError(.truncated)
      phase = .failed(error)
      throw error
    }
  }

  /// The server did not change the protocol: what follows is another request.
  package mutating func resume() {
    if isAwaitingSwitch { phase = following }
  }

  /// The protocol has changed: the bytes that came after the request, which are no HTTP/1. The parser is of no more
  /// use afterwards.
  package mutating func takeRemaining() -> ByteBuffer {
    phase = .switched
    defer { buffer = ByteBuffer() }
    return buffer
  }

  private mutating func readHead() throws(HTTPSyntaxError) -> Event? {
    if case .betweenMessages = phase {
      guard try skipEmptyLine() else { return nil }
      phase = .head
      boundary = SectionBoundary()
      hasSkippedEmptyLine = false
    }
    let end: Int?
    do throws(HTTPSyntaxError) {
      end = try boundary.end(in: buffer, limit: limits.headBytes, tooLarge: .headTooLarge)
    } catch  where error.code == .headTooLarge && boundary.isInFirstLine {
      throw HTTPSyntaxError(.targetTooLong)
    }
    guard let end, let raw = buffer.readSlice(length: end) else { return nil }
    let (head, routing) = try RequestHead.parse(raw, limits: limits)
    let framing: BodyFraming = routing.isChunked ? .chunked : routing.contentLength.map { .length($0) } ?? .none
    following = routing.connectionPersists(in: head.version) ? .betweenMessages : .closed
    chunkExtensionBytes = 0
    awaitsSwitch = head.method == "CONNECT" || routing.offersUpgrade
    phase = .body(BodyReader(framing))
    return .head(head, framing)
  }

  /// One empty line before a request is left by old clients after a body (RFC 9112 §2.2).
  ///
  /// - Returns: `false` while no byte of the request has come.
  private mutating func skipEmptyLine() throws(HTTPSyntaxError) -> Bool {
    guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return false }
    guard first == .carriageReturn else { return true }
    guard !hasSkippedEmptyLine else { throw HTTPSyntaxError(.emptyStartLine) }
    guard let second = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self) else { return false }
    guard second == .lineFeed else { throw HTTPSyntaxError(.loneCarriageReturn) }
    hasSkippedEmptyLine = true
    buffer.moveReaderIndex(forwardBy: 2)
    return try skipEmptyLine()
  }

  private mutating func readBody(_ unfinished: BodyReader) throws(HTTPSyntaxError) -> Event? {
    var reader = unfinished
    let event = try reader.next(from: &buffer, limits: limits)
    chunkExtensionBytes = reader.extensionBytes
    phase = .body(reader)
    switch event {
    case .body(let content, let wire): return .body(content: content, wire: wire)
    case .end(let trailers, let wire):
      phase = awaitsSwitch ? .awaitingSwitch : following
      return .end(trailers: trailers, wire: wire)
    case nil: return nil
    }
  }
}
