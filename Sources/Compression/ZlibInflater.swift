internal import CZlib

/// One zlib inflate state; the memory it needs is fixed by the window.
struct ZlibInflater: ~Copyable {
  // On the heap: zlib keeps a pointer back to it and refuses a state that moved.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter windowBits: as `inflateInit2`: 9...15 zlib, negative for bare deflate, plus 16 for gzip.
  init?(windowBits: Int32) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  /// One that stands where the other does.
  init?(copying other: borrowing ZlibInflater) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // The other is only read, though the declaration does not say so.
    guard inflateCopy(stream, other.stream) == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Starts over for the next member or message, with an empty window.
  func reset() { inflateReset(stream) }

  enum Step { case needsInput, atEnd, malformed, full }

  /// Decompresses until the input is used up, the text ends or the sink says no.
  ///
  /// - Returns: how it stopped and how many bytes of input were used.
  func inflate(
    _ input: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer,
    _ accept: (UnsafeRawBufferPointer) -> Bool
  ) -> (step: Step, used: Int) {
    let bytes = input.bindMemory(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = uInt(clamping: bytes.count)
    var step = Step.needsInput
    while true {
      stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = uInt(clamping: buffer.count)
      let result = CZlib.inflate(stream, Z_NO_FLUSH)
      let produced = buffer.count - Int(stream.pointee.avail_out)
      if produced > 0, !accept(UnsafeRawBufferPointer(rebasing: buffer[..<produced])) {
        step = .full
        break
      }
      if result == Z_STREAM_END {
        step = .atEnd
        break
      }
      // Z_BUF_ERROR only says that nothing more can be done with this input.
      guard result == Z_OK || result == Z_BUF_ERROR else {
        step = .malformed
        break
      }
      if stream.pointee.avail_out > 0 { break }
    }
    return (step, bytes.count - Int(stream.pointee.avail_in))
  }
}
