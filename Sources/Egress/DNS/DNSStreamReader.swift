package import NIOCore

/// DNS messages over a stream, each behind its length in two bytes (RFC 1035 §4.2.2).
package struct DNSStreamReader: ~Copyable {
  private var buffer = ByteBuffer()

  package init() {}

  package mutating func append(_ bytes: ByteBuffer) {
    buffer.writeImmutableBuffer(bytes)
  }

  /// - Returns: a message without its length; `nil` while more bytes are needed.
  /// - Throws: `tooLarge` as soon as a message says that it is; the connection ends there.
  package mutating func next() throws(DNSError) -> ByteBuffer? {
    guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt16.self) else { return nil }
    guard Int(length) <= EgressLimits.dnsQueryBytes else { throw DNSError(reason: .tooLarge, reply: nil) }
    return buffer.readLengthPrefixedSlice(as: UInt16.self)
  }

  /// A message as it goes on a stream.
  package static func frame(_ message: ByteBuffer) -> ByteBuffer {
    var out = ByteBuffer(integer: UInt16(clamping: message.readableBytes))
    out.writeImmutableBuffer(message)
    return out
  }
}
