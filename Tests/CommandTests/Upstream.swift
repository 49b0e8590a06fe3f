internal import Glibc
internal import Synchronization
internal import Testing

/// A server of this test's own on a Unix socket, that answers every request and remembers what it was sent.
final class Upstream: Sendable {
  let path: String
  private let listener: CInt
  private let heads = Mutex<[String]>([])

  /// Everything received, a text for each connection.
  var received: [String] { heads.withLock { $0 } }

  init(at path: String) throws {
    self.path = path
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0 && listen(listener, 16) == 0)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Upstream>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    try #require(started == 0)
    pthread_detach(thread)
  }

  /// Ends the serving, and with it this object's life.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while case let client = accept(listener, nil, nil), client >= 0 {
      var head: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
        let count = read(client, &buffer, buffer.count)
        guard count > 0 else { break }
        head += buffer[..<count]
      }
      heads.withLock { $0.append(String(decoding: head, as: UTF8.self)) }
      let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nanswered\n".utf8)
      _ = write(client, answer, answer.count)
      close(client)
    }
    close(listener)
  }
}
