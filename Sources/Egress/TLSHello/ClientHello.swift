package import NIOCore

/// What a TLS client says first, as far as it decides where the connection goes (RFC 8446 §4.1.2).
package struct ClientHello: Sendable, Hashable {
  /// `server_name` in lower case without a final dot (RFC 6066 §3); `nil` where the client names nobody. With ECH it
  /// is the outer name, which need not be where the client really wants to go.
  package let serverName: String?
  /// The protocols offered, such as `h2`; empty where the extension is missing (RFC 7301 §3.1). Bytes that are no
  /// ASCII are escaped.
  package let alpn: [String]
  /// The client hides its real hello in an encrypted one (RFC 9849), or pretends to (GREASE).
  package let hasECH: Bool
}

extension ClientHello {
  /// What the first bytes of a connection hold.
  package enum Peek: Sendable, Hashable {
    /// Ask again with at least so many bytes.
    case needMore(total: Int)
    case hello(ClientHello)
    /// The first bytes are no TLS handshake.
    case notTLS
    /// TLS, but no ClientHello that can be read, or one beyond the limits: what a server would make of it is unknown.
    case malformed
  }

  /// Looks without taking: the bytes still have to go to whoever speaks TLS.
  package static func peek(_ bytes: ByteBuffer) -> Peek {
    var records = bytes.slice()
    var handshake = ByteBuffer()
    for _ in 0..<EgressLimits.clientHelloRecords {
      switch nextRecord(&records, into: &handshake) {
      case .some(let peek): return peek
      case nil: break
      }
      guard let type = handshake.getInteger(at: 0, as: UInt8.self) else { return .malformed }
      guard type == 1 else { return .malformed }
      guard let length = uint24(handshake, at: 1) else { continue }
      guard length + 4 <= EgressLimits.clientHelloBytes else { return .malformed }
      guard handshake.readableBytes >= length + 4 else { continue }
      guard let body = handshake.getSlice(at: 4, length: length) else { return .malformed }
      return ClientHelloBody.read(body).map { .hello($0) } ?? .malformed
    }
    return .malformed
  }

  /// One TLSPlaintext (RFC 8446 §5.1): handshake type, a version from SSL 3 to TLS 1.3, at most 2^14 bytes.
  ///
  /// - Returns: `nil` where the record was whole and its fragment was added.
  private static func nextRecord(_ records: inout ByteBuffer, into handshake: inout ByteBuffer) -> Peek? {
    let start = records.readerIndex
    let isFirst = start == 0
    guard let type = records.getInteger(at: start, as: UInt8.self) else { return .needMore(total: start + 5) }
    guard type == 22 else { return isFirst ? .notTLS : .malformed }
    guard let major = records.getInteger(at: start + 1, as: UInt8.self) else { return .needMore(total: start + 5) }
    guard major == 3 else { return isFirst ? .notTLS : .malformed }
    guard let minor = records.getInteger(at: start + 2, as: UInt8.self) else { return .needMore(total: start + 5) }
    guard minor <= 4 else { return isFirst ? .notTLS : .malformed }
    guard let length = records.getInteger(at: start + 3, as: UInt16.self) else { return .needMore(total: start + 5) }
    guard (1...16384).contains(length) else { return .malformed }
    let total = start + 5 + Int(length)
    guard total <= EgressLimits.clientHelloBytes else { return .malformed }
    guard records.readableBytes >= 5 + Int(length) else { return .needMore(total: total) }
    records.moveReaderIndex(forwardBy: 5)
    guard let fragment = records.readSlice(length: Int(length)) else { return .malformed }
    handshake.writeImmutableBuffer(fragment)
    return nil
  }

  private static func uint24(_ buffer: ByteBuffer, at offset: Int) -> Int? {
    guard let high = buffer.getInteger(at: offset, as: UInt8.self),
      let low = buffer.getInteger(at: offset + 1, as: UInt16.self)
    else { return nil }
    return Int(high) << 16 | Int(low)
  }
}
