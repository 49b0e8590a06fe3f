/// As much of HTTP/2 (RFC 9113) as one request and the status of its answer need, over a connection without TLS.
enum HTTP2Bytes {
  /// Asks for `path` in a tunnel to another host than `authority` may be.
  static func ask(
    authority: String, path: String, fields: [(String, String)], method: String = "GET", through host: String,
    _ place: ProbePlace, isAllowed: Bool = false
  ) -> Found {
    switch Requests.tunnel(to: "\(host):80", place) {
    case .failed(let found): return found
    case .open(let connection):
      let pseudo = [(":method", method), (":scheme", "http"), (":path", path), (":authority", authority)]
      connection.send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(4, 0, 0, []))
      connection.send(frame(1, 0x05, 1, (pseudo + fields).flatMap(literal)))
      var reset: Found?
      let bytes = connection.receiveAll { bytes in
        reset = end(in: bytes)
        return reset != nil
      }
      if String(decoding: bytes, as: UTF8.self).range(of: HTTPAnswer.markOfDestination) != nil {
        return isAllowed ? Found(.destination) : Found(.succeeded, "from the destination")
      }
      return reset ?? Found(.closed)
    }
  }

  /// A literal field that is not indexed, without Huffman (RFC 7541 §6.2.2).
  private static func literal(_ name: String, _ value: String) -> [UInt8] {
    [0] + counted(name) + counted(value)
  }

  /// Below 127, which every text here is.
  private static func counted(_ text: String) -> [UInt8] {
    [UInt8(min(text.utf8.count, 126))] + Array(text.utf8.prefix(126))
  }

  private static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ body: [UInt8]) -> [UInt8] {
    let length = body.count
    return [UInt8(length >> 16 & 0xff), UInt8(length >> 8 & 0xff), UInt8(length & 0xff), type, flags]
      + [24, 16, 8, 0].map { UInt8(stream >> $0 & 0xff) } + body
  }

  /// What ends our request: an answer with its body, a reset of the stream, or the connection's end.
  private static func end(in bytes: [UInt8]) -> Found? {
    var offset = 0
    while bytes.count >= offset + 9 {
      let length = Int(bytes[offset]) << 16 | Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2])
      let (type, flags) = (bytes[offset + 3], bytes[offset + 4])
      guard bytes.count >= offset + 9 + length else { return nil }
      switch type {
      case 0, 1:
        if flags & 1 == 1 {
          let text = String(decoding: bytes, as: UTF8.self).lowercased()
          return Found(
            .sallyport, text.range(of: "sallyport") == nil ? "an answer without the destination" : "an answer")
        }
      case 3: return Found(.sallyport, "the stream was reset")
      case 7: return Found(.sallyport, "the connection was ended")
      default: break
      }
      offset += 9 + length
    }
    return nil
  }
}
