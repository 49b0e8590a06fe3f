internal import NIOCore

extension ByteBuffer {
  /// The readable bytes with a mask put on or taken off (RFC 6455 §5.3), eight at a time.
  func masked(with key: UInt32) -> ByteBuffer {
    var out = self
    out.withUnsafeMutableReadableBytes { bytes in
      let inMemory = UInt64(key.bigEndian)
      let wide = inMemory << 32 | inMemory
      var offset = 0
      while offset + 8 <= bytes.count {
        bytes.storeBytes(
          of: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ wide, toByteOffset: offset, as: UInt64.self
        )
        offset += 8
      }
      while offset < bytes.count {
        bytes[offset] ^= UInt8(truncatingIfNeeded: key >> UInt32(24 - 8 * (offset & 3)))
        offset += 1
      }
    }
    return out
  }
}
