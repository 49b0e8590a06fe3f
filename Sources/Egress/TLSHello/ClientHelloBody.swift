internal import NIOCore

/// Reads the body of a ClientHello (RFC 8446 §4.1.2). Whatever a server might read otherwise is `nil`: a repeated
/// extension, a length that does not fit, bytes left over.
enum ClientHelloBody {
  private static let serverName: UInt16 = 0
  private static let protocols: UInt16 = 16
  /// RFC 9849, and the codepoint of its predecessor ESNI.
  private static let encryptedHello: Set<UInt16> = [0xfe0d, 0xffce]

  static func read(_ body: ByteBuffer) -> ClientHello? {
    var body = body
    guard let version = body.readInteger(as: UInt16.self), version >> 8 == 3, body.readSlice(length: 32) != nil,
      let session = body.readLengthPrefixedSlice(as: UInt8.self), session.readableBytes <= 32,
      let ciphers = body.readLengthPrefixedSlice(as: UInt16.self), ciphers.readableBytes >= 2,
      ciphers.readableBytes.isMultiple(of: 2),
      let compression = body.readLengthPrefixedSlice(as: UInt8.self), compression.readableBytes >= 1
    else { return nil }
    // TLS 1.2 and below know hellos without extensions (RFC 5246 §7.4.1.2).
    guard body.readableBytes > 0 else { return ClientHello(serverName: nil, alpn: [], hasECH: false) }
    guard let extensions = body.readLengthPrefixedSlice(as: UInt16.self), body.readableBytes == 0 else { return nil }
    return readExtensions(extensions)
  }

  private static func readExtensions(_ extensions: ByteBuffer) -> ClientHello? {
    var extensions = extensions
    var seen: Set<UInt16> = []
    var name: String?
    var alpn: [String] = []
    while extensions.readableBytes > 0 {
      guard let type = extensions.readInteger(as: UInt16.self),
        let data = extensions.readLengthPrefixedSlice(as: UInt16.self), seen.insert(type).inserted
      else { return nil }
      switch type {
      case serverName:
        guard let host = readServerName(data) else { return nil }
        name = host
      case protocols:
        guard let names = readProtocols(data) else { return nil }
        alpn = names
      default: break
      }
    }
    return ClientHello(serverName: name, alpn: alpn, hasECH: !seen.isDisjoint(with: encryptedHello))
  }

  /// One name, of type host_name (RFC 6066 §3). Addresses are not allowed there, and yet some clients send them.
  private static func readServerName(_ data: ByteBuffer) -> String? {
    var data = data
    guard var list = data.readLengthPrefixedSlice(as: UInt16.self), data.readableBytes == 0,
      list.readInteger(as: UInt8.self) == 0, let bytes = list.readLengthPrefixedSlice(as: UInt16.self),
      list.readableBytes == 0
    else { return nil }
    let text = String(buffer: bytes)
    if IPAddressText.parse(text) != nil { return text.lowercased() }
    return DNSName(text)?.hostName
  }

  private static func readProtocols(_ data: ByteBuffer) -> [String]? {
    var data = data
    guard var list = data.readLengthPrefixedSlice(as: UInt16.self), data.readableBytes == 0, list.readableBytes > 0
    else { return nil }
    var names: [String] = []
    while list.readableBytes > 0 {
      guard let name = list.readLengthPrefixedSlice(as: UInt8.self), name.readableBytes > 0 else { return nil }
      names.append(name.readableBytesView.map { UnicodeScalar($0).escaped(asASCII: true) }.joined())
    }
    return names
  }
}
