internal import NIOCore

/// Takes one message's body off the front of a buffer, as its framing says.
///
/// Every byte taken is in the `wire` of exactly one event, in order.
struct BodyReader: Sendable {
  private enum State: Sendable {
    case fixed(remaining: Int)
    case untilClose
    case chunkSize
    case chunkData(remaining: Int)
    case chunkEnd
    /// The empty chunk's line lies unread before the trailers.
    case trailers(SectionBoundary, lineLength: Int)
    case ended
  }

  private var state: State
  /// The bytes of all chunk extensions so far: content that only the wire bytes show.
  private(set) var extensionBytes = 0

  init(_ framing: BodyFraming) {
    state =
      switch framing {
      case .none: .fixed(remaining: 0)
      case .length(let count): .fixed(remaining: count)
      case .chunked: .chunkSize
      case .untilClose: .untilClose
      }
  }

  enum Event {
    case body(content: ByteBuffer, wire: ByteBuffer)
    case end(trailers: [HTTPField], wire: ByteBuffer)
  }

  /// - Returns: `nil` while more bytes are needed, and after the end.
  mutating func next(from buffer: inout ByteBuffer, limits: WireLimits) throws(HTTPSyntaxError) -> Event? {
    switch state {
    case .fixed(let remaining): return takeFixed(remaining, from: &buffer)
    case .untilClose: return take(buffer.readableBytes, from: &buffer)
    case .chunkSize: return try takeSizeLine(from: &buffer, limits: limits)
    case .chunkData(let remaining): return takeChunkData(remaining, prefix: 0, from: &buffer)
    case .chunkEnd: return try takeChunkEnd(from: &buffer)
    case .trailers(let boundary, let length):
      return try takeTrailers(boundary, lineLength: length, from: &buffer, limits: limits)
    case .ended: return nil
    }
  }

  /// The connection has ended.
  mutating func finish() throws(HTTPSyntaxError) -> Event? {
    switch state {
    case .ended: return nil
    case .untilClose:
      state = .ended
      return .end(trailers: [], wire: ByteBuffer())
    default: throw HTTPSyntaxError(.truncated)
    }
  }

  private func take(_ count: Int, from buffer: inout ByteBuffer) -> Event? {
    guard count > 0, let slice = buffer.readSlice(length: count) else { return nil }
    return .body(content: slice, wire: slice)
  }

  private mutating func takeFixed(_ remaining: Int, from buffer: inout ByteBuffer) -> Event? {
    guard remaining > 0 else {
      state = .ended
      return .end(trailers: [], wire: ByteBuffer())
    }
    let count = min(remaining, buffer.readableBytes)
    state = .fixed(remaining: remaining - count)
    return take(count, from: &buffer)
  }

  private mutating func takeSizeLine(
    from buffer: inout ByteBuffer, limits: WireLimits
  ) throws(HTTPSyntaxError) -> Event? {
    guard let line = try ChunkSizeLine.read(buffer.readableBytesUInt8Span, limits: limits) else { return nil }
    extensionBytes += line.extensionBytes
    if line.size == 0 {
      return try takeTrailers(SectionBoundary(), lineLength: line.length, from: &buffer, limits: limits)
    }
    return takeChunkData(line.size, prefix: line.length, from: &buffer)
  }

  /// - Parameter prefix: the bytes of the size line, still unread before the data.
  private mutating func takeChunkData(
    _ remaining: Int, prefix: Int, from buffer: inout ByteBuffer
  ) -> Event? {
    let count = min(remaining, buffer.readableBytes - prefix)
    var wireLength = prefix + count
    guard wireLength > 0 else { return nil }
    state = .chunkData(remaining: remaining - count)
    if count == remaining {
      // The CRLF goes with the data, since some clients wait for it before they pass the data on.
      let hasEnd = buffer.getInteger(at: buffer.readerIndex + wireLength, as: UInt16.self) == 0x0d0a
      state = hasEnd ? .chunkSize : .chunkEnd
      wireLength += hasEnd ? 2 : 0
    }
    let content = buffer.getSlice(at: buffer.readerIndex + prefix, length: count)
    guard let content, let wire = buffer.readSlice(length: wireLength) else { return nil }
    return .body(content: content, wire: wire)
  }

  private mutating func takeChunkEnd(from buffer: inout ByteBuffer) throws(HTTPSyntaxError) -> Event? {
    guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
    guard first == .carriageReturn else { throw HTTPSyntaxError(.chunkEnd) }
    guard let second = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self) else { return nil }
    guard second == .lineFeed, let wire = buffer.readSlice(length: 2) else { throw HTTPSyntaxError(.chunkEnd) }
    state = .chunkSize
    return .body(content: ByteBuffer(), wire: wire)
  }

  private mutating func takeTrailers(
    _ unfinished: SectionBoundary, lineLength: Int, from buffer: inout ByteBuffer, limits: WireLimits
  ) throws(HTTPSyntaxError) -> Event? {
    var boundary = unfinished
    guard let section = try Self.trailerSection(in: buffer, from: lineLength, &boundary, limits: limits) else {
      state = .trailers(boundary, lineLength: lineLength)
      return nil
    }
    guard let wire = buffer.readSlice(length: lineLength + section.length) else { return nil }
    state = .ended
    return .end(trailers: section.fields, wire: wire)
  }

  private static func trailerSection(
    in buffer: ByteBuffer, from start: Int, _ boundary: inout SectionBoundary, limits: WireLimits
  ) throws(HTTPSyntaxError) -> (fields: [HTTPField], length: Int)? {
    let end = try boundary.end(
      in: buffer, from: start, limit: limits.trailerBytes, tooLarge: .trailersTooLarge)
    guard let length = end else { return nil }
    let bytes = buffer.readableBytesUInt8Span.extracting(droppingFirst: start)
    var isPlain = true
    let fields = try FieldSection.read(
      bytes, in: 0..<length - 2, limit: limits.trailerFields, tooMany: .tooManyTrailers, isPlain: &isPlain)
    try ForbiddenTrailers.check(fields)
    return (fields, length)
  }
}
