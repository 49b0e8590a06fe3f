internal import CZlib
internal import NIOCore

/// Compresses one message on its own, so that it can be read whatever came before it (RFC 7692 §7.2.1).
enum MessageDeflater {
  /// - Parameter windowBits: the largest window that the reader agreed to.
  /// - Returns: `nil` where it is better sent as it is: zlib cannot keep to a window of 8 bits, and small or dense
  ///   messages only grow.
  static func deflate(_ payload: ByteBuffer, windowBits: Int) -> ByteBuffer? {
    guard (9...15).contains(windowBits), payload.readableBytes >= 64, payload.readableBytes < Int(UInt32.max) else {
      return nil
    }
    var stream = z_stream()
    return withUnsafeMutablePointer(to: &stream) { stream in
      let size = Int32(MemoryLayout<z_stream>.size)
      guard
        deflateInit2_(stream, 1, Z_DEFLATED, -Int32(windowBits), 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
      else { return nil }
      defer { deflateEnd(stream) }
      return run(stream, payload)
    }
  }

  private static func run(_ stream: UnsafeMutablePointer<z_stream>, _ payload: ByteBuffer) -> ByteBuffer? {
    var input = payload
    var out = ByteBuffer()
    // A flush adds up to six bytes to what `deflateBound` counts.
    let bound = Int(deflateBound(stream, UInt(payload.readableBytes))) + 16
    var isDone = false
    input.withUnsafeMutableReadableBytes { source in
      stream.pointee.next_in = source.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_in = UInt32(clamping: source.count)
      out.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
        stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(clamping: target.count)
        let writable = stream.pointee.avail_out
        isDone = deflateFlush(stream)
        return Int(writable - stream.pointee.avail_out)
      }
    }
    guard isDone, out.readableBytes >= 4, out.readableBytes - 4 < payload.readableBytes else { return nil }
    out.moveWriterIndex(to: out.writerIndex - 4)
    return out
  }

  private static func deflateFlush(_ stream: UnsafeMutablePointer<z_stream>) -> Bool {
    CZlib.deflate(stream, Z_SYNC_FLUSH) == Z_OK && stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0
  }
}
