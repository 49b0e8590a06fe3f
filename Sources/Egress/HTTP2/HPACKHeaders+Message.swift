internal import NIOHPACK
internal import Wire

extension HPACKHeaders {
  /// The head that the pseudo-headers and fields say (RFC 9113 §8.3.1); `nil` where one is missing.
  var requestHead: RequestHead? {
    guard let method = first(name: ":method"), let path = first(name: ":path") else { return nil }
    let authority = first(name: ":authority") ?? first(name: "host")
    return RequestHead(
      method: method, target: path, scheme: first(name: ":scheme"), authority: authority, version: .http2,
      fields: ordinaryFields)
  }

  /// Which limit of a head they exceed, counted as RFC 9113 §6.5.2 does. The connection's own limit holds only once the
  /// client has acknowledged it.
  func excess(over limits: WireLimits) -> HTTPSyntaxError.Code? {
    if count > limits.headFields { return .tooManyFields }
    let bytes = reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
    return bytes > limits.headBytes ? .headTooLarge : nil
  }

  /// Everything but the pseudo-headers, in order.
  var ordinaryFields: [HTTPField] {
    compactMap { $0.name.hasPrefix(":") ? nil : HTTPField(name: $0.name, value: $0.value) }
  }

  /// A response head without what concerns an HTTP/1 connection (RFC 9113 §8.2.2).
  init(response head: ResponseHead) {
    self.init([(":status", String(head.status))])
    for field in head.fields where !field.concernsConnection { add(name: field.name.lowercased(), value: field.value) }
  }

  init(trailers: [HTTPField]) {
    self.init(trailers.filter { !$0.concernsConnection }.map { ($0.name.lowercased(), $0.value) })
  }
}

extension HTTPField {
  fileprivate var concernsConnection: Bool {
    ["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"].contains { isNamed($0) }
  }
}

extension RequestHead {
  /// Whether every `host` field names what `:authority` names (RFC 9113 §8.3.1).
  var hostFieldAgrees: Bool {
    fields.all(named: "host").allSatisfy { HTTPAuthority($0)?.host == namedHost }
  }

  /// Whether `:path` is one, and names no host besides (RFC 9113 §8.3.1).
  var targetIsPath: Bool { target.utf8.first == UInt8(ascii: "/") || target == "*" && method == "OPTIONS" }

  /// How long the body of an HTTP/2 request is; `.chunked` where only its end will tell.
  func framing(isWhole: Bool) -> BodyFraming {
    guard !isWhole else { return .none }
    guard let length = fields.first(named: "content-length").flatMap({ Int($0) }) else { return .chunked }
    return .length(length)
  }
}
