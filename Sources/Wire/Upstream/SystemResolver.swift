internal import Glibc
package import NIOCore
internal import NIOPosix
internal import Synchronization

/// The C library's resolver, on threads of its own: hosts file, name servers and everything in `nsswitch.conf`.
///
/// Name servers that are silent keep a thread for many seconds, which nothing can cut short; whoever asked is told of
/// ``end()`` at once, and of what comes after it never.
package final class SystemResolver: AddressResolver {
  /// Shared by the process and never ended: nothing but waiting calls run on it.
  private static let threads: NIOThreadPool = {
    let threads = NIOThreadPool(numberOfThreads: UpstreamLimits.resolverThreads)
    threads.start()
    return threads
  }()

  private let lookUp: @Sendable (_ host: String, _ port: UInt16) throws -> [SocketAddress]
  private let asked = Mutex(Asked())

  private struct Asked {
    var isOver = false
    var count = 0
    var waiting: [Int: EventLoopPromise<[SocketAddress]>] = [:]
  }

  package convenience init() { self.init { try Self.lookUp($0, port: $1) } }

  /// - Parameter lookUp: in the C library's place; may wait.
  init(lookUp: @escaping @Sendable (_ host: String, _ port: UInt16) throws -> [SocketAddress]) {
    self.lookUp = lookUp
  }

  package func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    let promise = loop.makePromise(of: [SocketAddress].self)
    let number: Int? = asked.withLock { asked in
      guard !asked.isOver else { return nil }
      asked.count += 1
      asked.waiting[asked.count] = promise
      return asked.count
    }
    guard let number else {
      promise.fail(Self.over(host))
      return promise.futureResult
    }
    Self.threads.submit { _ in
      let result = Result { try self.lookUp(host, port) }
      // Under the lock: once it has ended, the loop may be gone.
      self.asked.withLock { $0.waiting.removeValue(forKey: number)?.completeWith(result) }
    }
    return promise.futureResult
  }

  package func end() {
    let waiting = asked.withLock { asked in
      asked.isOver = true
      defer { asked.waiting = [:] }
      return asked.waiting.values.map { $0 }
    }
    for promise in waiting { promise.fail(Self.over("name servers")) }
  }

  private static func over(_ place: String) -> WireError {
    WireError(.shutDown, at: place, "names are not asked any more, because the run is ending.")
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
