/// Compresses WebSocket messages with `permessage-deflate` (RFC 7692 §7.2.1).
package struct DeflateStream: ~Copyable {
  private let deflater: ZlibDeflater
  private let keepsContext: Bool
  private let buffer = OutputBuffer()

  /// - Parameters:
  ///   - windowBits: what was negotiated as `…_max_window_bits`: 8...15. zlib cannot write 8; 9 is used for it, as every
  ///     receiver that announced 8 through zlib can read.
  ///   - keepsContext: false where `…_no_context_takeover` was negotiated.
  package init(windowBits: Int = 15, keepsContext: Bool = true) throws(CompressionError) {
    guard (8...15).contains(windowBits), let deflater = ZlibDeflater(windowBits: -Int32(max(9, windowBits))) else {
      throw .unavailable(.deflate)
    }
    self.deflater = deflater
    self.keepsContext = keepsContext
  }

  /// The payload of one whole message: sync-flushed, without the tail `00 00 ff ff`.
  package mutating func message(_ payload: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    deflater.deflate(payload, .sync, into: buffer.bytes) { out += $0 }
    if out.suffix(4).elementsEqual([0, 0, 0xff, 0xff]) { out.removeLast(4) }
    // An empty message is one empty block, never no bytes (RFC 7692 §7.2.3.6).
    if out.isEmpty { out = [0] }
    if !keepsContext { deflater.reset() }
    return out
  }
}
