internal import CZlib

/// One zlib deflate state.
struct ZlibDeflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter windowBits: as `deflateInit2`: 9...15 zlib, negative for bare deflate, plus 16 for gzip.
  init?(windowBits: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let result = deflateInit2_(
      stream, CompressionLimits.zlibLevel, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func reset() { deflateReset(stream) }

  enum Flush { case none, sync, finish }

  /// Compresses all of the input; the output so far comes out as the flush asks.
  func deflate(
    _ input: UnsafeRawBufferPointer, _ flush: Flush, into buffer: UnsafeMutableRawBufferPointer,
    _ sink: (UnsafeRawBufferPointer) -> Void
  ) {
    let mode =
      switch flush {
      case .none: Z_NO_FLUSH
      case .sync: Z_SYNC_FLUSH
      case .finish: Z_FINISH
      }
    let bytes = input.bindMemory(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = uInt(clamping: bytes.count)
    repeat {
      stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = uInt(clamping: buffer.count)
      CZlib.deflate(stream, mode)
      let produced = buffer.count - Int(stream.pointee.avail_out)
      if produced > 0 { sink(UnsafeRawBufferPointer(rebasing: buffer[..<produced])) }
    } while stream.pointee.avail_out == 0
  }
}
