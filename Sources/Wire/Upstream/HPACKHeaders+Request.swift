internal import NIOHPACK

extension HPACKHeaders {
  /// A request's head in HTTP/2's form (RFC 9113 §8.3.1): pseudo-header fields first, names in lower case, nothing that
  /// belongs to a connection.
  init(_ head: RequestHead, scheme: String) {
    self.init()
    reserveCapacity(head.fields.count + 4)
    add(name: ":method", value: head.method)
    if head.method != "CONNECT" {
      add(name: ":scheme", value: head.scheme ?? scheme)
      add(name: ":path", value: Self.path(of: head.target))
    }
    if let authority = head.authority ?? head.fields.first(named: "host") {
      add(name: ":authority", value: authority)
    }
    let named = head.fields.all(named: "connection").flatMap(\.listElements)
    for field in head.fields {
      let name = field.name.lowercased()
      guard !name.hasPrefix(":"), !Self.connectionFields.contains(name),
        !named.contains(where: name.equalsIgnoringASCIICase)
      else {
        continue
      }
      if name == "te", !field.value.equalsIgnoringASCIICase("trailers") { continue }
      add(name: name, value: field.value, indexing: Self.secretFields.contains(name) ? .neverIndexed : .indexable)
    }
  }

  /// A trailer section (RFC 9113 §8.1).
  init(trailers: [HTTPField]) {
    self.init()
    for field in trailers where !field.name.hasPrefix(":") {
      add(name: field.name.lowercased(), value: field.value)
    }
  }

  /// The fields without the pseudo-header ones.
  var httpFields: [HTTPField] {
    var fields: [HTTPField] = []
    fields.reserveCapacity(count)
    for (name, value, _) in self where !name.hasPrefix(":") {
      fields.append(HTTPField(name: name, value: value))
    }
    return fields
  }

  /// RFC 9113 §8.2.2; `host` is said by `:authority`.
  private static let connectionFields: Set<String> = [
    "connection", "host", "http2-settings", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
  ]

  /// Values that no compression table should hold, ours or the peer's (RFC 7541 §7.1.3).
  private static let secretFields: Set<String> = [
    "api-key", "authorization", "cookie", "proxy-authorization", "x-api-key", "x-goog-api-key",
  ]

  /// The path and query of a target in origin-form or absolute-form; `*` and others as they are.
  private static func path(of target: String) -> String {
    guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return target }
    let rest = target[scheme.upperBound...]
    guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
    return rest[end] == "/" ? String(rest[end...]) : "/" + rest[end...]
  }
}
