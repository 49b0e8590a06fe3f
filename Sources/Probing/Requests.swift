/// Requests as attempts make them: byte for byte what they say.
enum Requests {
  static func get(_ path: String, host: String) -> String {
    "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
  }

  static func post(_ path: String, host: String, fields: [String] = [], _ body: [UInt8]) -> [UInt8] {
    let lines =
      ["POST \(path) HTTP/1.1", "Host: \(host)", "Connection: close", "Content-Length: \(body.count)"] + fields
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// Sends bytes to an address and tells who answered.
  static func send(_ bytes: [UInt8], to address: String, _ port: UInt16, isAllowed: Bool = false) -> Found {
    switch Connection.open(address, port) {
    case .failed(let found): return found
    case .connection(let connection):
      connection.send(bytes)
      return answer(on: connection, isAllowed: isAllowed)
    }
  }

  static func send(_ text: String, to address: String, _ port: UInt16, isAllowed: Bool = false) -> Found {
    send(Array(text.utf8), to: address, port, isAllowed: isAllowed)
  }

  static func answer(on connection: Connection, isAllowed: Bool = false) -> Found {
    let bytes = connection.receiveAll(until: HTTPAnswer.isWhole)
    guard !bytes.isEmpty else { return Found(.closed) }
    return HTTPAnswer(bytes)?.found(isAllowed: isAllowed) ?? Found(.succeeded, "something answered that is no HTTP")
  }

  /// A tunnel through the proxy, with its 200 taken off.
  enum Tunnel {
    case open(Connection)
    case failed(Found)
  }

  static func tunnel(to authority: String, _ place: ProbePlace) -> Tunnel {
    switch Connection.open("127.0.0.1", place.proxyPort) {
    case .failed(let found): return .failed(found)
    case .connection(let connection):
      connection.send("CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n\r\n")
      let bytes = connection.receiveAll { String(decoding: $0, as: UTF8.self).range(of: "\r\n\r\n") != nil }
      guard let answer = HTTPAnswer(bytes) else { return .failed(Found(.closed)) }
      return answer.status == 200 ? .open(connection) : .failed(answer.found())
    }
  }

  /// Sends bytes through a tunnel and tells who answered.
  static func through(_ authority: String, _ bytes: [UInt8], _ place: ProbePlace, isAllowed: Bool = false) -> Found {
    switch tunnel(to: authority, place) {
    case .failed(let found): return found
    case .open(let connection):
      connection.send(bytes)
      return answer(on: connection, isAllowed: isAllowed)
    }
  }
}
