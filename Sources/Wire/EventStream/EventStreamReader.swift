package import NIOCore

/// Reads messages of Amazon's event stream encoding out of bytes that come in pieces of any size.
package struct EventStreamReader {
  private let maximumBytes: Int
  /// What came and is no whole message yet; after an error all that was not read.
  package private(set) var rest = ByteBuffer()

  /// - Parameter maximumBytes: of one message.
  package init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  package mutating func append(_ piece: ByteBuffer) {
    // What was read would stay in memory for as long as the stream lasts.
    rest.discardReadBytes()
    rest.writeImmutableBuffer(piece)
  }

  /// - Returns: the next message; `nil` where it has not come whole.
  /// - Throws: ``EventStreamError`` where none can come any more.
  package mutating func next() throws(EventStreamError) -> EventStreamMessage? {
    let start = rest.readerIndex
    guard let length = rest.getInteger(at: start, as: UInt32.self).map(Int.init),
      let headersLength = rest.getInteger(at: start + 4, as: UInt32.self).map(Int.init),
      let preludeChecksum = rest.getInteger(at: start + 8, as: UInt32.self)
    else { return nil }
    guard rest.getBytes(at: start, length: 8).map(EventStreamMessage.checksum) == preludeChecksum else {
      throw .checksum
    }
    guard length <= maximumBytes else { throw .tooLong }
    guard headersLength <= length - EventStreamMessage.frameBytes else { throw .lengths }
    guard rest.readableBytes >= length, var bytes = rest.readSlice(length: length) else { return nil }
    let checked = EventStreamMessage.checksum(Array(bytes.readableBytesView.dropLast(EventStreamMessage.checksumBytes)))
    bytes.moveReaderIndex(forwardBy: EventStreamMessage.preludeBytes)
    guard let headers = bytes.readBytes(length: headersLength),
      let payload = bytes.readBytes(length: bytes.readableBytes - EventStreamMessage.checksumBytes),
      bytes.readInteger(as: UInt32.self) == checked
    else {
      rest.moveReaderIndex(to: start)
      throw .checksum
    }
    return EventStreamMessage(headers: headers, payload: payload)
  }
}

/// Why bytes are no messages of an event stream.
package enum EventStreamError: Error, Sendable, Hashable {
  /// Headers longer than their message.
  case lengths
  case checksum
  case tooLong
}
