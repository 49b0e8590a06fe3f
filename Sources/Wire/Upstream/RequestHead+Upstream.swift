internal import NIOCore

extension RequestHead {
  /// The bytes to write on an HTTP/1 connection: ``raw`` as it is, else the head with the fields that `framing` needs.
  func bytes(framedBy framing: BodyFraming) throws(HTTPSyntaxError) -> ByteBuffer {
    if let raw { return raw }
    var head = self
    head.version = .http1_1
    head.joinCookies()
    head.fields.remove(named: "transfer-encoding")
    switch framing {
    case .chunked:
      head.fields.remove(named: "content-length")
      head.fields.append(HTTPField(name: "Transfer-Encoding", value: "chunked"))
    case .length(let count):
      head.fields.replace(with: HTTPField(name: "Content-Length", value: String(count)))
    case .none, .untilClose:
      // A length of 0 that the client sent is kept: some servers want one with POST (RFC 9110 §8.6).
      if head.fields.first(named: "content-length") != "0" { head.fields.remove(named: "content-length") }
    }
    // RFC 9110 §10.1.4: who sends TE names it in Connection too.
    if head.version != version, head.fields.contains(named: "te"), !head.fields.contains(named: "connection") {
      head.fields.append(HTTPField(name: "Connection", value: "TE"))
    }
    return try head.serialized()
  }

  /// HTTP/2 may split the field; HTTP/1 may not (RFC 9113 §8.2.3).
  private mutating func joinCookies() {
    let cookies = fields.all(named: "cookie")
    guard cookies.count > 1 else { return }
    fields.replace(with: HTTPField(name: "cookie", value: cookies.joined(separator: "; ")))
  }
}
