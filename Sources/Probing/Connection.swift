internal import Confinement
internal import Glibc

/// A socket with a deadline on everything.
final class Connection {
  let number: CInt

  enum Opened {
    case connection(Connection)
    case failed(Found)
  }

  private init(_ number: CInt) {
    self.number = number
  }

  deinit { close(number) }

  /// - Parameter type: `SOCK_STREAM`, or `SOCK_DGRAM`, which sends nothing yet.
  static func open(_ address: String, _ port: UInt16, type: __socket_type = SOCK_STREAM, protocol number: Int32 = 0)
    -> Opened
  {
    let isIPv6 = address.contains(":")
    let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), number)
    guard descriptor >= 0 else { return .failed(.kernel(-Int(errno))) }
    let connection = Connection(descriptor)
    var patience = timeval(tv_sec: ProbingLimits.patienceSeconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    let result = withAddress(address, port) { connect(descriptor, $0, $1) }
    guard result == 0 else {
      return .failed(errno == EINPROGRESS ? Found(.refused, error: "ETIMEDOUT") : .kernel(-Int(errno)))
    }
    return .connection(connection)
  }

  static func withAddress(
    _ address: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    if address.contains(":") {
      var full = sockaddr_in6()
      full.sin6_family = sa_family_t(AF_INET6)
      full.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, address, &full.sin6_addr) == 1 else { return -1 }
      return withUnsafePointer(to: full) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in6>.size)) }
      }
    }
    var full = sockaddr_in()
    full.sin_family = sa_family_t(AF_INET)
    full.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address, &full.sin_addr) == 1 else { return -1 }
    return withUnsafePointer(to: full) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  /// - Returns: whether all of it was taken.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// One piece; `nil` where an error came instead, empty at the end.
  func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(number, &buffer, buffer.count, 0)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  /// Until the other end has nothing more to say, `isEnough` says so, or patience ends.
  func receiveAll(until isEnough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
    var all: [UInt8] = []
    while all.count < ProbingLimits.answerBytes, !isEnough(all), let piece = receive(), !piece.isEmpty { all += piece }
    return all
  }
}
