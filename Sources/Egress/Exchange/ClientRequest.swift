internal import Enforcement
internal import Evidence
internal import Wire

/// A request as a door has taken it: what the client said, and the part of it that will be forwarded.
struct ClientRequest {
  let head: RequestHead
  let framing: BodyFraming
  let scheme: String
  let captured: Captured

  init(head: RequestHead, framing: BodyFraming, tunnel: Tunnel) {
    self.head = head
    self.framing = framing
    scheme = tunnel.isTLS ? "https" : "http"
    let upgrade = head.upgradeProtocols.first { $0 == "websocket" }
    var captured = Captured(
      origin: tunnel.origin, destination: tunnel.destination,
      protocolName: head.version == .http2 ? .http2 : .http1, method: head.method, target: head.originTarget,
      fields: EndToEndFields.of(head, keepingUpgrade: upgrade != nil), upgrade: upgrade)
    captured.isTLS = tunnel.isTLS
    self.captured = captured
  }

  /// Whether the client may wait for the answer's beginning before it ends its request: gRPC and the streaming forms
  /// of Connect say so by their content type.
  var streamsBothWays: Bool {
    guard head.version == .http2 || framing == .chunked, let type = head.fields.first(named: "content-type") else {
      return false
    }
    return type.hasPrefix("application/grpc") || type.hasPrefix("application/connect+")
  }
}

/// The fields that are meant for the other end (RFC 9110 §7.6.1).
enum EndToEndFields {
  /// Fields of one connection, which a proxy must not pass on.
  static let hopByHop = [
    "connection", "proxy-connection", "keep-alive", "proxy-authorization", "proxy-authenticate", "te", "upgrade",
    "expect", "transfer-encoding",
  ]

  static func of(_ head: RequestHead, keepingUpgrade: Bool) -> [HTTPField] {
    let dropped = namesToDrop(head, keepingUpgrade: keepingUpgrade)
    return head.fields.filter { field in !dropped.contains { field.isNamed($0) } }
  }

  /// The names of the fields that stay behind, with those that `Connection` lists.
  ///
  /// `te: trailers` is end-to-end on HTTP/2, and gRPC servers insist on it (RFC 9113 §8.2.2).
  static func namesToDrop(_ head: RequestHead, keepingUpgrade: Bool) -> [String] {
    let listed = head.fields.all(named: "connection").flatMap { $0.split(separator: ",") }
      .map { $0.drop { $0 == " " }.lowercased() }
      .filter { $0 != "close" && $0 != "keep-alive" }
    var dropped = hopByHop + listed
    if head.version == .http2, head.fields.all(named: "te") == ["trailers"] { dropped.removeAll { $0 == "te" } }
    return keepingUpgrade ? dropped.filter { $0 != "upgrade" && $0 != "connection" } : dropped
  }
}
