internal import Confinement
internal import Glibc

extension Probe {
  /// The ways out of a network namespace.
  static let network: [Probe] = [
    Probe("N1.control") { place in
      guard let address = NameQuestion.look(up: ProbePlace.allowed, place) else { return Found(.closed, "no name") }
      return Requests.send(Requests.get("/control", host: ProbePlace.allowed), to: address, 80, isAllowed: true)
    },
    Probe("N1.tcp") { Requests.send(Requests.get("/", host: $0.address), to: $0.address, 80) },
    Probe("N1.tcp-odd-port") { raw(to: $0.address, 4444) },
    Probe("N1.udp") { datagram(to: $0.address, 9999) },
    Probe("N1.icmp-raw") { _ in socket(SOCK_RAW, protocol: Int32(IPPROTO_ICMP)) },
    Probe("N1.icmp-echo") { echo(to: $0.address) },
    Probe("N1.ip-raw") { _ in socket(SOCK_RAW, protocol: 255) },
    Probe("N1.sctp") { associated(with: $0.address) },
    Probe("N2.tcp") { Requests.send(Requests.get("/", host: "[\($0.addressIPv6)]"), to: $0.addressIPv6, 80) },
    Probe("N2.udp") { datagram(to: $0.addressIPv6, 9999) },
    Probe("N4.quic") { datagram(to: $0.address, 443, first: 0xc3) },
    Probe("N4.quic-ipv6") { datagram(to: $0.addressIPv6, 443, first: 0xc3) },
    Probe("N5.packet") { _ in socket(SOCK_RAW, family: 17, protocol: 0x300) },
    Probe("N5.netlink") { _ in socket(SOCK_RAW, family: 16, protocol: 12) },
    Probe("N5.vsock") { _ in socket(SOCK_STREAM, family: 40) },
    Probe("N5.alg") { _ in socket(SOCK_SEQPACKET, family: 38) },
    Probe("N5.others") { _ in otherFamilies() },
    Probe("N8.proxy-place") { listen(on: $0.proxyPort) },
  ]

  private static func socket(_ type: __socket_type, family: Int32 = AF_INET, protocol number: Int32 = 0) -> Found {
    let made = Glibc.socket(family, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), number)
    guard made >= 0 else { return .kernel(-Int(errno)) }
    close(made)
    return Found(.succeeded, "the socket was made")
  }

  /// Every family but those that a sandbox has: `AF_UNIX`, `AF_INET`, `AF_INET6`, and `AF_NETLINK` for the interface list.
  private static func otherFamilies() -> Found {
    let made = (0...45 as ClosedRange<Int32>).filter { ![AF_UNIX, AF_INET, AF_INET6, AF_NETLINK].contains($0) }.filter {
      family in
      [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET].contains {
        socket($0, family: family).outcome == .succeeded
      }
    }
    return made.isEmpty
      ? Found(.refused, error: "EAFNOSUPPORT", "42 families")
      : Found(.succeeded, "families " + made.map(String.init).joined(separator: ", "))
  }

  private static func raw(to address: String, _ port: UInt16) -> Found {
    switch Connection.open(address, port) {
    case .failed(let found): return found
    case .connection(let connection):
      connection.send("a line that nobody is to get\n")
      let answer = connection.receiveAll()
      return answer.isEmpty ? Found(.closed) : Found(.succeeded, "something answered")
    }
  }

  /// A packet like the first of a QUIC connection where `first` says so (RFC 9000 §17.2.2).
  private static func datagram(to address: String, _ port: UInt16, first: UInt8 = 0x41) -> Found {
    switch Connection.open(address, port, type: SOCK_DGRAM) {
    case .failed(let found): return found
    case .connection(let connection):
      connection.send([first, 0, 0, 0, 1] + [UInt8](repeating: 0x41, count: 1_195))
      guard connection.receive() == nil else { return Found(.succeeded, "something answered") }
      return errno == EAGAIN ? Found(.succeeded, "sent, and nothing refused it") : .kernel(-Int(errno))
    }
  }

  /// ICMP without privilege, as ping sends it.
  private static func echo(to address: String) -> Found {
    switch Connection.open(address, 0, type: SOCK_DGRAM, protocol: Int32(IPPROTO_ICMP)) {
    case .failed(let found): return found
    case .connection(let connection):
      connection.send([8, 0, 0, 0, 0, 0, 0, 1])
      return connection.receive() == nil ? Found(.succeeded, "sent") : Found(.succeeded, "answered")
    }
  }

  private static func associated(with address: String) -> Found {
    switch Connection.open(address, 80, type: SOCK_STREAM, protocol: 132) {
    case .failed(let found): found
    case .connection: Found(.succeeded, "associated")
    }
  }

  /// Tries to take the proxy's place for those who come later.
  private static func listen(on port: UInt16) -> Found {
    let made = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(made) }
    var yes: Int32 = 1
    for option in [SO_REUSEADDR, SO_REUSEPORT] {
      setsockopt(made, SOL_SOCKET, option, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    let bound = Connection.withAddress("127.0.0.1", port) { bind(made, $0, $1) }
    return bound == 0 ? Found(.succeeded, "listens there") : .kernel(-Int(errno))
  }
}
