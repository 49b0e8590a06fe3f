package import NIOCore

/// Writes chunked bodies (RFC 9112 §7.1), for messages whose length changed or is not known beforehand.
package enum ChunkedEncoding {
  /// One chunk; nothing for empty content, since an empty chunk is the end.
  package static func chunk(_ content: ByteBuffer) -> ByteBuffer {
    var out = ByteBuffer()
    guard content.readableBytes > 0 else { return out }
    out.reserveCapacity(minimumWritableBytes: content.readableBytes + 20)
    out.writeString(String(content.readableBytes, radix: 16))
    out.writeString("\r\n")
    out.writeImmutableBuffer(content)
    out.writeString("\r\n")
    return out
  }

  /// The empty chunk and the trailer section.
  ///
  /// - Throws: where a trailer cannot be written, or belongs in the head.
  package static func end(trailers: [HTTPField] = []) throws(HTTPSyntaxError) -> ByteBuffer {
    try HTTPFieldSyntax.check(trailers)
    try ForbiddenTrailers.check(trailers)
    var out = ByteBuffer()
    out.writeString("0\r\n")
    for field in trailers { out.writeField(field) }
    out.writeString("\r\n")
    return out
  }
}
