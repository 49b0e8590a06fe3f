/// A TLS 1.2 ClientHello (RFC 5246 §7.4.1.2): old on purpose, because the answer's certificate can then be read.
enum HelloBytes {
  static func make(for name: String?) -> [UInt8] {
    let suites: [UInt8] = [0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30, 0xcc, 0xa9, 0xcc, 0xa8]
    return [22, 3, 1] + counted(2, message(for: name, suites: suites, groups: [0, 23, 0, 29]))
  }

  /// The handshake's first message, without the record around it.
  static func message(for name: String?, suites: [UInt8], groups: [UInt8]) -> [UInt8] {
    var extensions: [UInt8] = []
    if let name {
      let host = Array(name.utf8)
      extensions += block(0, counted(2, [0] + counted(2, host)))
    }
    extensions += block(10, counted(2, groups))
    extensions += block(11, counted(1, [0]))
    extensions += block(13, counted(2, [4, 3, 5, 3, 8, 4, 8, 5, 4, 1, 5, 1]))
    extensions += block(16, counted(2, counted(1, Array("http/1.1".utf8))))
    let body: [UInt8] = [3, 3] + random + [0] + counted(2, suites) + [1, 0] + counted(2, extensions)
    return [1] + counted(3, body)
  }

  /// Nothing here has to be secret.
  static let random = [UInt8](repeating: 0x5a, count: 32)

  private static func block(_ type: UInt16, _ body: [UInt8]) -> [UInt8] {
    [UInt8(type >> 8), UInt8(type & 0xff)] + counted(2, body)
  }

  static func counted(_ width: Int, _ body: [UInt8]) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
  }

  /// Says hello and tells whose certificate comes back.
  static func say(_ name: String?, on connection: Connection) -> Found {
    connection.send(make(for: name))
    let bytes = connection.receiveAll { String(decoding: $0, as: UTF8.self).range(of: "Sallyport") != nil }
    guard let type = bytes.first else { return Found(.closed) }
    if type == 21 { return Found(.sallyport, "a fatal alert") }
    let isOurs = String(decoding: bytes, as: UTF8.self).range(of: "Sallyport") != nil
    return isOurs ? Found(.sallyport, "its own certificate") : Found(.succeeded, "somebody else's certificate")
  }

  static func say(_ name: String?, to address: String, _ port: UInt16) -> Found {
    switch Connection.open(address, port) {
    case .failed(let found): found
    case .connection(let connection): say(name, on: connection)
    }
  }

  static func say(_ name: String?, through authority: String, _ place: ProbePlace) -> Found {
    switch Requests.tunnel(to: authority, place) {
    case .failed(let found): found
    case .open(let connection): say(name, on: connection)
    }
  }
}
