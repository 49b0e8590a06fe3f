package import NIOCore

/// The server's side of SOCKS4, SOCKS4a and SOCKS5 (RFC 1928) up to the connection; CONNECT only.
///
/// Bytes in with ``append(_:)``, actions out of ``next()`` until it returns `nil`. After `connect` the caller makes the
/// connection and calls ``succeed()`` or ``fail(_:)``. A user name and password (RFC 1929) are taken and thrown away:
/// some clients insist on sending one, and the sandbox already tells who is there.
package struct SOCKSNegotiation: ~Copyable {
  package enum Action: Sendable, Equatable {
    /// Send these bytes and go on.
    case reply(ByteBuffer)
    /// Decide and connect.
    case connect(SOCKSRequest)
    /// Send these bytes, perhaps none, and close.
    case refuse(ByteBuffer, SOCKSError)
  }

  private enum State {
    case greeting
    case password
    case request
    case connecting(SOCKSRequest.Version)
    case finished
  }

  private var state = State.greeting
  private var buffer = ByteBuffer()

  package init() {}

  package mutating func append(_ bytes: ByteBuffer) {
    buffer.writeImmutableBuffer(bytes)
  }

  /// - Returns: `nil` while more bytes are needed, and from `connect` on.
  package mutating func next() -> Action? {
    switch state {
    case .greeting:
      switch buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) {
      case nil: return nil
      case 4?: return readSOCKS4()
      case 5?: return readGreeting()
      case _?: return refuse(ByteBuffer(), .malformed)
      }
    case .password: return readPassword()
    case .request: return readRequest()
    case .connecting, .finished: return nil
    }
  }

  /// The connection is made.
  ///
  /// - Returns: what to tell the client. The address in it is all zeros: nothing about the outside is told.
  package mutating func succeed() -> ByteBuffer {
    guard case .connecting(let version) = state else { return ByteBuffer() }
    state = .finished
    return version == .socks4 ? Self.socks4Reply(90) : Self.socks5Reply(0)
  }

  /// The connection is not made; the client is told why, then the connection is closed.
  package mutating func fail(_ error: SOCKSError) -> ByteBuffer {
    guard case .connecting(let version) = state else { return ByteBuffer() }
    state = .finished
    return version == .socks4 ? Self.socks4Reply(91) : Self.socks5Reply(error.reason.socks5Reply)
  }

  /// What the client sent behind its request.
  package mutating func takeRemaining() -> ByteBuffer {
    defer { buffer = ByteBuffer() }
    return buffer
  }

  private mutating func refuse(_ reply: ByteBuffer, _ reason: SOCKSError.Reason) -> Action {
    state = .finished
    return .refuse(reply, SOCKSError(reason))
  }

  private static func socks5Reply(_ code: UInt8) -> ByteBuffer {
    ByteBuffer(bytes: [5, code, 0, 1, 0, 0, 0, 0, 0, 0])
  }

  private static func socks4Reply(_ code: UInt8) -> ByteBuffer {
    ByteBuffer(bytes: [0, code, 0, 0, 0, 0, 0, 0])
  }
}

/// SOCKS5.
extension SOCKSNegotiation {
  private mutating func readGreeting() -> Action? {
    var bytes = buffer
    guard bytes.readInteger(as: UInt8.self) != nil, let count = bytes.readInteger(as: UInt8.self),
      let methods = bytes.readBytes(length: Int(count))
    else { return nil }
    buffer = bytes
    if methods.contains(0) {
      state = .request
      return .reply(ByteBuffer(bytes: [5, 0]))
    }
    guard methods.contains(2) else { return refuse(ByteBuffer(bytes: [5, 0xff]), .noAcceptableMethod) }
    state = .password
    return .reply(ByteBuffer(bytes: [5, 2]))
  }

  private mutating func readPassword() -> Action? {
    var bytes = buffer
    guard let version = bytes.readInteger(as: UInt8.self) else { return nil }
    guard version == 1 else { return refuse(ByteBuffer(bytes: [1, 1]), .malformed) }
    for _ in 0..<2 {
      guard let count = bytes.readInteger(as: UInt8.self), bytes.readSlice(length: Int(count)) != nil else {
        return nil
      }
    }
    buffer = bytes
    state = .request
    return .reply(ByteBuffer(bytes: [1, 0]))
  }

  private mutating func readRequest() -> Action? {
    var bytes = buffer
    guard let version = bytes.readInteger(as: UInt8.self) else { return nil }
    guard version == 5 else { return refuse(Self.socks5Reply(1), .malformed) }
    guard let command = bytes.readInteger(as: UInt8.self) else { return nil }
    guard command == 1 else { return refuse(Self.socks5Reply(7), .commandNotSupported) }
    guard bytes.readInteger(as: UInt8.self) != nil, let type = bytes.readInteger(as: UInt8.self) else { return nil }
    let host: SOCKSRequest.Host?
    switch type {
    case 1, 4:
      guard let address = bytes.readBytes(length: type == 1 ? 4 : 16) else { return nil }
      host = .address(address)
    case 3:
      guard let count = bytes.readInteger(as: UInt8.self), let name = bytes.readBytes(length: Int(count)) else {
        return nil
      }
      host = Self.host(named: name)
    default: return refuse(Self.socks5Reply(8), .addressNotSupported)
    }
    guard let port = bytes.readInteger(as: UInt16.self) else { return nil }
    guard let host, port > 0 else { return refuse(Self.socks5Reply(1), .malformed) }
    buffer = bytes
    state = .connecting(.socks5)
    return .connect(SOCKSRequest(version: .socks5, host: host, port: port))
  }

  /// A name; or an address written as text, which curl and others send as a name.
  private static func host(named bytes: [UInt8]) -> SOCKSRequest.Host? {
    let text = String(decoding: bytes, as: UTF8.self)
    if let address = IPAddressText.parse(text) { return .address(address) }
    return DNSName(text)?.hostName.map { .name($0) }
  }
}

/// SOCKS4 and 4a, which no RFC describes: version, command, port, address, user name, NUL; in 4a the address is
/// 0.0.0.x with x above 0, and a name with NUL follows.
extension SOCKSNegotiation {
  private mutating func readSOCKS4() -> Action? {
    var bytes = buffer
    guard bytes.readInteger(as: UInt8.self) != nil, let command = bytes.readInteger(as: UInt8.self) else { return nil }
    guard command == 1 else { return refuse(Self.socks4Reply(91), .commandNotSupported) }
    guard let port = bytes.readInteger(as: UInt16.self), let address = bytes.readBytes(length: 4) else { return nil }
    switch Self.readText(&bytes) {
    case .incomplete: return nil
    case .tooLong: return refuse(Self.socks4Reply(91), .malformed)
    case .text: break
    }
    var host: SOCKSRequest.Host? = .address(address)
    if address.prefix(3) == [0, 0, 0], address[3] != 0 {
      switch Self.readText(&bytes) {
      case .incomplete: return nil
      case .tooLong: return refuse(Self.socks4Reply(91), .malformed)
      case .text(let name): host = Self.host(named: name)
      }
    }
    guard let host, port > 0 else { return refuse(Self.socks4Reply(91), .malformed) }
    buffer = bytes
    state = .connecting(.socks4)
    return .connect(SOCKSRequest(version: .socks4, host: host, port: port))
  }

  private enum Text {
    case incomplete
    case tooLong
    case text([UInt8])
  }

  /// Up to the NUL, which is taken too.
  private static func readText(_ bytes: inout ByteBuffer) -> Text {
    guard let length = bytes.readableBytesView.prefix(EgressLimits.socksUserBytes + 1).firstIndex(of: 0) else {
      return bytes.readableBytes > EgressLimits.socksUserBytes ? .tooLong : .incomplete
    }
    guard let text = bytes.readBytes(length: length - bytes.readerIndex) else { return .incomplete }
    bytes.moveReaderIndex(forwardBy: 1)
    return .text(text)
  }
}
