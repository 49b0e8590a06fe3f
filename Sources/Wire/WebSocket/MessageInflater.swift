internal import CZlib
package import NIOCore

/// zlib's raw inflate, message by message (RFC 7692 §7.2.2).
package final class MessageInflater: MessageInflating {
  /// On the heap, since zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private let keepsContext: Bool

  /// Blocks marked as last that one message may hold (RFC 7692 §7.2.3.4 allows them; one is what such senders make).
  private static let lastBlocks = 16

  /// What a sender cuts off the end of each message (RFC 7692 §7.2.1).
  private static let tail: [UInt8] = [0x00, 0x00, 0xff, 0xff]

  /// - Parameters:
  ///   - keepsContext: messages refer back to earlier ones.
  ///   - windowBits: 8…15, as agreed.
  /// - Throws: `compression` where memory for the window cannot be had.
  package init(keepsContext: Bool, windowBits: Int) throws(WebSocketError) {
    self.keepsContext = keepsContext
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // A window of 256 bytes is agreed on as 8 bits, yet zlib's own deflate then uses 9.
    let bits = -Int32(max(9, min(15, windowBits)))
    guard inflateInit2_(stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deinitialize(count: 1)
      stream.deallocate()
      throw WebSocketError(.compression)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  package func inflate(_ payload: ByteBuffer, limit: Int) throws(WebSocketError) -> ByteBuffer {
    var input = payload
    input.writeBytes(Self.tail)
    var out = ByteBuffer()
    var lastBlocks = 0
    var mayHoldMore = false
    var isBetweenBlocks = false
    while input.readableBytes > 0 || mayHoldMore {
      let status = try step(&input, &out, limit: limit)
      guard out.readableBytes <= limit else { throw WebSocketError(.messageTooLarge) }
      mayHoldMore = stream.pointee.avail_out == 0
      // Bit 7 says that a block has just ended; a call that finds nothing left to do forgets it.
      if status != Z_BUF_ERROR { isBetweenBlocks = stream.pointee.data_type & 128 != 0 }
      guard status == Z_STREAM_END else { continue }
      lastBlocks += 1
      guard lastBlocks <= Self.lastBlocks, inflateReset(stream) == Z_OK else { throw WebSocketError(.compression) }
      mayHoldMore = false
    }
    // Within a block, the tail was taken for data.
    guard isBetweenBlocks else { throw WebSocketError(.compression) }
    if !keepsContext, inflateReset(stream) != Z_OK { throw WebSocketError(.compression) }
    return out
  }

  /// One call of zlib's inflate: as much input as there is, into as much room as doubles the output.
  private func step(_ input: inout ByteBuffer, _ out: inout ByteBuffer, limit: Int) throws(WebSocketError) -> Int32 {
    let room = max(512, min(limit + 1 - out.readableBytes, max(out.readableBytes, input.readableBytes * 2)))
    var status = Z_OK
    let stream = stream
    input.readWithUnsafeMutableReadableBytes { source in
      let base = source.bindMemory(to: UInt8.self)
      stream.pointee.next_in = base.baseAddress
      stream.pointee.avail_in = UInt32(clamping: source.count)
      let offered = stream.pointee.avail_in
      out.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
        let capacity = min(room, target.count)
        stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: capacity)
        let writable = stream.pointee.avail_out
        status = CZlib.inflate(stream, Z_SYNC_FLUSH)
        return Int(writable - stream.pointee.avail_out)
      }
      return Int(offered - stream.pointee.avail_in)
    }
    stream.pointee.next_in = nil
    stream.pointee.next_out = nil
    // Nothing left to do is no error where there is no input.
    let isIdle = status == Z_BUF_ERROR && input.readableBytes == 0
    guard status == Z_OK || status == Z_STREAM_END || isIdle else { throw WebSocketError(.compression) }
    return status
  }
}
