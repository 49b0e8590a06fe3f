internal import Enforcement
internal import Evidence
internal import Wire

/// A request as a door has taken it: what the client said, and the part of it that will be forwarded.
struct ClientRequest {
  let head: RequestHead
  let framing: BodyFraming
  let scheme: String
  let captured: Captured
  /// Of the head's fields those that concern only the client's connection.
  let droppedNames: [String]

  init(head: RequestHead, framing: BodyFraming, tunnel: Tunnel) {
    self.head = head
    self.framing = framing
    scheme = tunnel.isTLS ? "https" : "http"
    let upgrade = head.upgradeProtocols.first { $0 == "websocket" }
    droppedNames = EndToEndFields.namesToDrop(head, keepingUpgrade: upgrade != nil)
    var captured = Captured(
      origin: tunnel.origin, destination: tunnel.destination,
      protocolName: head.version == .http2 ? .http2 : .http1, method: head.method, target: head.originTarget,
      fields: EndToEndFields.of(head, without: droppedNames), upgrade: upgrade)
    captured.isTLS = tunnel.isTLS
    if captured.fields.first(named: "host") == nil { captured.authority = head.authority }
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

  static func of(_ head: RequestHead, without dropped: [String]) -> [HTTPField] {
    dropped.isEmpty ? head.fields : head.fields.filter { field in !dropped.contains { field.isNamed($0) } }
  }

  /// The names of the head's fields that stay behind, with those that `Connection` lists; most heads have none.
  ///
  /// `te: trailers` is end-to-end on HTTP/2, and gRPC servers insist on it (RFC 9113 §8.2.2).
  static func namesToDrop(_ head: RequestHead, keepingUpgrade: Bool) -> [String] {
    let listed = head.fields.all(named: "connection").flatMap { $0.split(separator: ",") }
      .map { $0.drop { $0 == " " }.lowercased() }
      .filter { $0 != "close" && $0 != "keep-alive" }
    let keepsTE = head.version == .http2 && head.fields.all(named: "te") == ["trailers"]
    var dropped: [String] = []
    for field in head.fields {
      guard let name = hopByHop.first(where: { field.isNamed($0) }) ?? listed.first(where: { field.isNamed($0) })
      else { continue }
      let isKept = name == "te" && keepsTE || keepingUpgrade && (name == "upgrade" || name == "connection")
      if !isKept, !dropped.contains(name) { dropped.append(name) }
    }
    return dropped
  }
}
