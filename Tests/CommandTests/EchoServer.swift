internal import Glibc
internal import Testing

/// Sends back what it gets, to one client after the other, on a Unix socket.
final class EchoServer: Sendable {
  private let listener: CInt

  init(_ path: String) throws {
    listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0 && listen(listener, 8) == 0, "\(path): \(errno)")
    var thread = pthread_t()
    let argument = UnsafeMutableRawPointer(bitPattern: Int(listener))
    pthread_create(
      &thread, nil,
      { argument in
        let listener = CInt(Int(bitPattern: argument))
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let client = accept(listener, nil, nil), client >= 0 {
          while case let count = read(client, &buffer, buffer.count), count > 0 { _ = write(client, buffer, count) }
          close(client)
        }
        return nil
      }, argument)
    pthread_detach(thread)
  }

  deinit { shutdown(listener, CInt(SHUT_RDWR)) }
}
