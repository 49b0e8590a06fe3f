package import NIOCore

/// Reads HTTP/1 responses out of a byte stream, strictly, each for the request that it answers: the request's method
/// decides whether a body follows (RFC 9112 §6.3).
///
/// Tell it of every request with ``expectResponse(to:)`` in order, give it bytes with ``append(_:)``, then call
/// ``next()`` until it returns `nil`, and ``finish()`` when the connection ends. The first error is final.
package struct ResponseParser: ~Copyable {
  package enum Event: Sendable {
    /// 100, 102, 103: another head follows (RFC 9110 §15.2).
    case interim(ResponseHead)
    /// The final head. With 101, or 2xx to CONNECT, ``takeRemaining()`` gives what follows the `end`.
    case head(ResponseHead, BodyFraming)
    /// `content` is the body without chunk framing, `wire` the bytes as they came with it. Either may be empty.
    case body(content: ByteBuffer, wire: ByteBuffer)
    case end(trailers: [HTTPField], wire: ByteBuffer)
  }

  private enum Phase {
    case betweenMessages
    case head
    case body(BodyReader)
    case closed
    case switched
    case failed(HTTPSyntaxError)
  }

  /// What must be known of a request to read its response.
  private struct Expectation {
    let isHead: Bool
    let isConnect: Bool
    let offersUpgrade: Bool
  }

  private let limits: WireLimits
  private var phase = Phase.betweenMessages
  private var following = Phase.betweenMessages
  private var buffer = ByteBuffer()
  private var boundary = SectionBoundary()
  private var expectations: [Expectation] = []
  private var interimCount = 0

  package init(limits: WireLimits = WireLimits()) {
    self.limits = limits
  }

  /// Whether the connection may be used for another request: nothing is outstanding, nothing unread, nothing broken.
  package var isReusable: Bool {
    if case .betweenMessages = phase { expectations.isEmpty && buffer.readableBytes == 0 } else { false }
  }

  /// Whether the connection now speaks another protocol.
  package var hasSwitched: Bool {
    if case .switched = phase { true } else { false }
  }

  package mutating func expectResponse(to request: RequestHead) {
    expectations.append(
      Expectation(
        isHead: request.method == "HEAD", isConnect: request.method == "CONNECT",
        offersUpgrade: !request.upgradeProtocols.isEmpty))
  }

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
      case .switched: return nil
      case .failed(let error): throw error
      }
    } catch {
      throw fail(error)
    }
  }

  /// The server has closed its side: the end of a body that lasts until then.
  ///
  /// - Throws: `truncated` where a response is outstanding or unfinished.
  package mutating func finish() throws(HTTPSyntaxError) -> Event? {
    switch phase {
    case .betweenMessages where expectations.isEmpty && buffer.readableBytes == 0, .closed, .switched:
      phase = .closed
      return nil
    case .body(var reader):
      do throws(HTTPSyntaxError) {
        let event = try reader.finish()
        phase = .closed
        guard case .end(let trailers, let wire)? = event else { return nil }
        return .end(trailers: trailers, wire: wire)
      } catch {
        throw fail(error)
      }
    case .failed(let error): throw error
    case .betweenMessages, .head: throw fail(HTTPSyntaxError(.truncated))
    }
  }

  /// What came after the response that changed the protocol. The parser is of no more use afterwards.
  package mutating func takeRemaining() -> ByteBuffer {
    phase = .switched
    defer { buffer = ByteBuffer() }
    return buffer
  }

  private mutating func fail(_ cause: HTTPSyntaxError) -> HTTPSyntaxError {
    var error = cause
    error.message = .response
    phase = .failed(error)
    return error
  }

  private mutating func readHead() throws(HTTPSyntaxError) -> Event? {
    if case .betweenMessages = phase {
      guard buffer.readableBytes > 0 else { return nil }
      guard !expectations.isEmpty else { throw HTTPSyntaxError(.unsolicited) }
      phase = .head
      boundary = SectionBoundary()
    }
    let end = try boundary.end(
      in: buffer, limit: limits.headBytes, tooLarge: .headTooLarge)
    guard let end, let raw = buffer.readSlice(length: end) else { return nil }
    let (head, routing) = try ResponseHead.parse(raw, limits: limits)
    if head.status < 200, head.status != 101 {
      interimCount += 1
      guard interimCount <= limits.interimResponses else { throw HTTPSyntaxError(.tooManyInterimResponses) }
      boundary = SectionBoundary()
      return .interim(head)
    }
    return .head(head, try startBody(of: head, routing))
  }

  private mutating func startBody(
    of head: ResponseHead, _ routing: RoutingFields
  ) throws(HTTPSyntaxError) -> BodyFraming {
    let expectation = expectations.removeFirst()
    interimCount = 0
    let isTunnel = expectation.isConnect && (200...299).contains(head.status)
    let framing: BodyFraming
    if head.status == 101 || isTunnel {
      guard isTunnel || expectation.offersUpgrade else { throw HTTPSyntaxError(.unexpectedSwitch) }
      framing = .none
      following = .switched
    } else {
      framing = routing.responseFraming(status: head.status, isAnswerToHead: expectation.isHead)
      let persists = routing.connectionPersists(in: head.version) && framing != .untilClose
      following = persists ? .betweenMessages : .closed
    }
    phase = .body(BodyReader(framing))
    return framing
  }

  private mutating func readBody(_ unfinished: BodyReader) throws(HTTPSyntaxError) -> Event? {
    var reader = unfinished
    let event = try reader.next(from: &buffer, limits: limits)
    phase = .body(reader)
    switch event {
    case .body(let content, let wire): return .body(content: content, wire: wire)
    case .end(let trailers, let wire):
      phase = following
      return .end(trailers: trailers, wire: wire)
    case nil: return nil
    }
  }
}
