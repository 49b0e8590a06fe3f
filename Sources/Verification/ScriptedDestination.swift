internal import Confinement
internal import Glibc
internal import Synchronization

/// A server on this machine's loopback that answers every request alike and remembers the paths: the destination that
/// policy lets through, and the service that nobody may reach.
final class ScriptedDestination: Sendable {
  let port: UInt16
  private let listener: CInt
  private let paths = Mutex<[String]>([])

  /// - Throws: ``VerificationError`` with `.place`.
  init() throws(VerificationError) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw VerificationError(.place, "no server can be started on 127.0.0.1.") }
    port = UInt16(bigEndian: address.sin_port)
    DetachedThread.start { [self] in serve() }
  }

  /// Every path that was asked for; `""` for a connection that asked for none.
  var asked: [String] { paths.withLock { $0 } }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard client >= 0 else { break }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      DetachedThread.start { [self] in
        answer(client)
        close(client)
      }
    }
    close(listener)
  }

  private func answer(_ client: CInt) {
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    var answered = 0
    while bytes.count < VerificationLimits.requestBytes {
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
      if let opening = WebSocketOpening(bytes) {
        _ = Glibc.send(client, opening.answer, opening.answer.utf8.count, Int32(MSG_NOSIGNAL))
        paths.withLock { $0.append(opening.path) }
        return hearMessages(client, opening.path)
      }
      // Every line that looks like the beginning of a request is one for somebody: no framing is believed here.
      let found = Self.requests(in: String(decoding: bytes, as: UTF8.self))
      paths.withLock { $0 += found.dropFirst(answered) }
      for _ in answered..<max(answered, found.count) {
        let text =
          "HTTP/1.1 200 OK\r\nX-Sallyport-Verify: destination\r\nContent-Length: 19\r\n\r\nx-sallyport-verify\n"
        _ = Glibc.send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
      }
      answered = max(answered, found.count)
    }
    if answered == 0 { paths.withLock { $0.append("") } }
  }

  /// Whatever comes but the end of the conversation is a message that arrived.
  private func hearMessages(_ client: CInt, _ path: String) {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while recv(client, &buffer, buffer.count, 0) > 0 {
      guard !WebSocketOpening.ends(buffer[0]) else { return }
      paths.withLock { $0.append("/hidden\(path)") }
      _ = Glibc.send(client, WebSocketOpening.message, WebSocketOpening.message.count, Int32(MSG_NOSIGNAL))
    }
  }

  private static func requests(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let parts = line.split(separator: " ")
      // The body before it may end without a line's end.
      guard parts.count >= 3, parts[parts.count - 1].hasPrefix("HTTP/") else { return nil }
      return String(parts[parts.count - 2])
    }
  }
}
