internal import Evidence
internal import NIOCore

extension RequestHead {
  /// - Parameter raw: a head that ``SectionBoundary`` has passed, with its empty line.
  static func parse(
    _ raw: ByteBuffer, limits: WireLimits
  ) throws(HTTPSyntaxError) -> (head: RequestHead, routing: RoutingFields) {
    let bytes = raw.readableBytesUInt8Span
    let line = try RequestLine(bytes, limits: limits)
    var isPlain = true
    let fields = try FieldSection.read(
      bytes, in: line.length..<bytes.count - 2, limit: limits.headFields, tooMany: .tooManyFields, isPlain: &isPlain)
    let routing = try RoutingFields(fields, version: line.version)
    guard let target = RequestTarget(line.target, method: line.method) else { throw HTTPSyntaxError(.targetForm) }
    var head = RequestHead(
      method: line.method, target: line.target, authority: routing.host, version: line.version, fields: fields,
      raw: raw)
    head.hasOddSpace = !isPlain
    if case .absolute(let scheme, _, _) = target { head.scheme = scheme }
    try head.checkHost(against: target)
    if head.authority == nil { head.authority = target.authorityText }
    if line.method == "CONNECT" || line.method == "TRACE" {
      guard !routing.isChunked, routing.contentLength ?? 0 == 0 else { throw HTTPSyntaxError(.bodyNotAllowed) }
    }
    return (head, routing)
  }

  /// One `Host`, and the same host as in the target (RFC 9112 §3.2). A port that one of them leaves out is the
  /// scheme's default; CONNECT has none, and many clients name only its host in `Host`.
  private func checkHost(against target: RequestTarget) throws(HTTPSyntaxError) {
    guard let authority else {
      guard version == .http1_0 else { throw HTTPSyntaxError(.hostMissing) }
      guard target.hasSoundAuthority else { throw HTTPSyntaxError(.host) }
      return
    }
    guard let host = HTTPAuthority(authority) else { throw HTTPSyntaxError(.host) }
    switch target {
    case .origin, .asterisk: return
    case .authority(let named):
      guard named.host == host.host, host.port == nil || host.port == named.port else {
        throw HTTPSyntaxError(.hostDiffers)
      }
    case .absolute(let scheme, let text, _):
      guard let named = HTTPAuthority(text) else { throw HTTPSyntaxError(.host) }
      let defaultPort: UInt16 = scheme == "https" || scheme == "wss" ? 443 : 80
      guard named.destination(defaultPort: defaultPort) == host.destination(defaultPort: defaultPort) else {
        throw HTTPSyntaxError(.hostDiffers)
      }
    }
  }
}

extension RequestTarget {
  fileprivate var hasSoundAuthority: Bool {
    if case .absolute(_, let authority, _) = self { HTTPAuthority(authority) != nil } else { true }
  }

  fileprivate var authorityText: String? {
    switch self {
    case .origin, .asterisk: nil
    case .authority(let authority): authority.destination(defaultPort: 443).description
    case .absolute(_, let authority, _): authority
    }
  }
}
