package import NIOCore

extension RequestHead {
  /// What a client says to a proxy and no origin server may hear (RFC 9110 §11.7; `Proxy-Connection` is in RFC 9112
  /// Appendix C.2.2).
  package static let proxyFields = ["Proxy-Authorization", "Proxy-Connection", "Proxy-Authenticate"]

  /// The head as HTTP/1 bytes: ``raw`` where there is one, else written from the other properties, whatever their
  /// version, as HTTP/1.1. `Host` comes first and from ``authority`` where the fields have none.
  ///
  /// - Throws: where a method, target or field could not be written without changing the message's meaning, and for
  ///   the same contradictions that ``RequestParser`` refuses: what came over HTTP/2 gets no weaker check.
  package func serialized() throws(HTTPSyntaxError) -> ByteBuffer {
    if let raw { return raw }
    let (host, authority) = try checkSound()
    var out = ByteBuffer()
    out.reserveCapacity(minimumWritableBytes: fields.reduce(256) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 })
    out.writeString(method)
    out.writeString(" ")
    out.writeString(target)
    out.writeString(version == .http1_0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n")
    if host == nil { out.writeField(HTTPField(name: "Host", value: authority)) }
    for field in fields { out.writeField(field) }
    out.writeString("\r\n")
    return out
  }

  /// What ``RequestParser`` asks of a head, for one that came over HTTP/2 or was put together.
  ///
  /// - Returns: the `Host` field, where there is one, and whom the request is for.
  @discardableResult
  package func checkSound() throws(HTTPSyntaxError) -> (host: String?, authority: String) {
    try HTTPFieldSyntax.checkMethod(method)
    try HTTPFieldSyntax.checkTarget(target)
    try HTTPFieldSyntax.check(fields)
    guard RequestTarget(target, method: method) != nil else { throw HTTPSyntaxError(.targetForm) }
    let host = try RoutingFields(fields, version: version).host
    guard let authority = authority ?? host, let named = HTTPAuthority(authority) else {
      throw HTTPSyntaxError(authority == nil ? .hostMissing : .host)
    }
    guard host == nil || host.flatMap(HTTPAuthority.init) == named else { throw HTTPSyntaxError(.hostDiffers) }
    return (host, authority)
  }

  /// The same head with another target and other fields, every other byte as it was sent.
  ///
  /// - Parameters:
  ///   - target: the new target; ``originTarget`` turns a proxy's form into a server's.
  ///   - names: fields to take away.
  ///   - replacements: each takes the place of the first field with its name, whose spelling stays; others of that
  ///     name go. One that stood nowhere is appended. Each name at most once.
  /// - Throws: where a replacement or the target could not be written without changing the message's meaning.
  package func rewritten(
    target newTarget: String? = nil, removing names: [String] = [], replacing replacements: [HTTPField] = []
  ) throws(HTTPSyntaxError) -> RequestHead {
    guard newTarget != nil || !replacements.isEmpty || names.contains(where: { fields.contains(named: $0) }) else {
      return self
    }
    var replacements = replacements
    var head = self
    if let newTarget {
      try HTTPFieldSyntax.checkTarget(newTarget)
      head.target = newTarget
      // HTTP/1.0 may name the host in the target alone (RFC 9112 §3.2.2); who has named it otherwise is not overruled.
      if version == .http1_0, !fields.contains(named: "host"),
        case .absolute(_, let named, _)? = RequestTarget(target, method: method)
      {
        replacements.append(HTTPField(name: "Host", value: named))
      }
    }
    try HTTPFieldSyntax.check(replacements)
    for name in names { head.fields.remove(named: name) }
    for field in replacements { head.fields.replace(with: field) }
    if let host = head.fields.first(named: "host") { head.authority = host }
    guard let raw else { return head }
    let startLine = newTarget.map { "\(method) \($0) \(version)\r\n" }
    head.raw = raw.rewritingHead(startLine: startLine, removing: names, replacing: replacements)
    return head
  }
}

extension ResponseHead {
  /// The head as HTTP/1 bytes: ``raw`` where there is one, else written from the other properties as HTTP/1.1.
  ///
  /// - Throws: where the reason or a field could not be written without changing the message's meaning.
  package func serialized() throws(HTTPSyntaxError) -> ByteBuffer {
    if let raw { return raw }
    try HTTPFieldSyntax.check(fields)
    _ = try RoutingFields(fields, version: version)
    guard reason.utf8.allSatisfy(\.isFieldValueCharacter), (100...999).contains(status) else {
      throw HTTPSyntaxError(.statusLine)
    }
    var out = ByteBuffer()
    out.reserveCapacity(minimumWritableBytes: fields.reduce(128) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 })
    let version: HTTPVersion = version == .http1_0 ? .http1_0 : .http1_1
    out.writeString("\(version) \(status) \(reason.isEmpty ? HTTPStatus.reason(status) : reason)\r\n")
    for field in fields { out.writeField(field) }
    out.writeString("\r\n")
    return out
  }

  /// The same head with other fields, every other byte as it was sent; as
  /// ``RequestHead/rewritten(target:removing:replacing:)``.
  package func rewritten(
    removing names: [String] = [], replacing replacements: [HTTPField] = []
  ) throws(HTTPSyntaxError) -> ResponseHead {
    try HTTPFieldSyntax.check(replacements)
    var head = self
    for name in names { head.fields.remove(named: name) }
    for field in replacements { head.fields.replace(with: field) }
    guard let raw else { return head }
    head.raw = raw.rewritingHead(startLine: nil, removing: names, replacing: replacements)
    return head
  }
}
