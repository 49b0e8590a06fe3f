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
    captured = Captured(
      origin: tunnel.origin, destination: tunnel.destination,
      protocolName: head.version == .http2 ? .http2 : .http1, method: head.method, target: head.originTarget,
      fields: EndToEndFields.of(head.fields, keepingUpgrade: upgrade != nil), upgrade: upgrade)
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

  static func of(_ fields: [HTTPField], keepingUpgrade: Bool) -> [HTTPField] {
    let dropped = namesToDrop(fields, keepingUpgrade: keepingUpgrade)
    return fields.filter { field in
      !dropped.contains { field.isNamed($0) } || (field.isNamed("te") && field.value == "trailers")
    }
  }

  /// The names of the fields that stay behind, with those that `Connection` lists.
  static func namesToDrop(_ fields: [HTTPField], keepingUpgrade: Bool) -> [String] {
    let listed = fields.all(named: "connection").flatMap { $0.split(separator: ",") }
      .map { $0.drop { $0 == " " }.lowercased() }
      .filter { $0 != "close" && $0 != "keep-alive" }
    let dropped = hopByHop + listed
    return keepingUpgrade ? dropped.filter { $0 != "upgrade" && $0 != "connection" } : dropped
  }
}
