internal import Glibc
package import NIOCore
internal import NIOPosix

/// The C library's resolver, on threads of its own: hosts file, name servers and everything in `nsswitch.conf`.
package struct SystemResolver: AddressResolver {
  /// Shared by the process and never ended: nothing but waiting calls run on it.
  private static let threads: NIOThreadPool = {
    let threads = NIOThreadPool(numberOfThreads: UpstreamLimits.resolverThreads)
    threads.start()
    return threads
  }()

  package init() {}

  package func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    Self.threads.runIfActive(eventLoop: loop) { try Self.lookUp(host, port: port) }
  }

  private static func lookUp(_ host: String, port: UInt16) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else {
      throw WireError(
        .nameUnresolved, at: host, "the name cannot be resolved (\(String(cString: gai_strerror(code)))).",
        remedy: "Check the spelling, and that this machine's name servers answer.")
    }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = Self.address(of: entry) {
        addresses.append(try SocketAddress(ipAddress: address.description, port: Int(port)))
      }
      next = entry.ai_next
    }
    return addresses
  }

  /// sockaddr_in holds its address at byte 4, sockaddr_in6 at byte 8 (netinet/in.h).
  private static func address(of entry: addrinfo) -> IPAddress? {
    guard let pointer = entry.ai_addr else { return nil }
    let bytes = UnsafeRawBufferPointer(start: pointer, count: Int(entry.ai_addrlen))
    return switch entry.ai_family {
    case AF_INET where bytes.count >= 8: IPAddress(bytes: bytes[4..<8])
    case AF_INET6 where bytes.count >= 24: IPAddress(bytes: bytes[8..<24])
    default: nil
    }
  }
}
