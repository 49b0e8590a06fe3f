internal import NIOCore

@testable internal import Egress

/// The first bytes of a connection: what they begin, and whom a ClientHello names.
enum TLSHelloTarget {
  /// Prefixes of an input that are looked at one by one; of longer ones some.
  private static let everyPrefix = 400

  static func check(_ bytes: [UInt8]) throws {
    let whole = ClientHello.peek(ByteBuffer(bytes: bytes))
    var moved = ByteBuffer(bytes: [0x16, 3] + bytes)
    moved.moveReaderIndex(forwardBy: 2)
    try demand(ClientHello.peek(moved) == whole, "what was read before changes the hello")
    let opening = ConnectionOpening.classify(ByteBuffer(bytes: bytes))
    try demand(opening != .needMore || bytes.count < 35, "\(bytes.count) bytes are not enough")
    let step = max(1, bytes.count / everyPrefix)
    for count in stride(from: 0, to: bytes.count, by: step) {
      let prefix = ByteBuffer(bytes: bytes[..<count])
      switch ClientHello.peek(prefix) {
      case .needMore(let total): try demand(total > count, "\(count) bytes, and \(total) are wanted")
      case let decided: try demand(decided == whole, "more bytes turn \(decided) into \(whole)")
      }
      let begun = ConnectionOpening.classify(prefix)
      try demand(begun == .needMore || begun == opening, "more bytes turn \(begun) into \(opening)")
    }
    guard case .hello(let hello) = whole else { return }
    if let name = hello.serverName, IPAddressText.parse(name) == nil {
      try demand(DNSName(name)?.hostName == name, "\(name) is no host's name")
    }
    let text = hello.alpn.joined()
    try demand(text.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "a protocol's name is not escaped")
  }
}
