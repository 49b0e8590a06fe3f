package import Evidence
package import Wire

/// A message that a door has taken from a client. Nothing of it has left.
///
/// First type of the way `Captured → Inspected → Decided → Admitted`. The body is not part of it: it is handed to the
/// ``Examination`` as it arrives.
package struct Captured: Sendable {
  package var origin: Origin
  package var destination: Destination
  package var protocolName: Exchange.ProtocolName
  package var method: String
  /// Path and query as they were sent (RFC 9112 §3.2.1).
  package var target: String
  /// The end-to-end fields: exactly those that will be forwarded.
  package var fields: [HTTPField]
  /// The host that will be named to the other end where ``fields`` have no `Host`: `:authority`, that of an absolute
  /// target, or of a connection without HTTP the name that it is opened to.
  package var authority: String?
  /// The value of `Upgrade`, where the client asked for one.
  package var upgrade: String?
  /// Whether TLS protects it on its way, on both sides of us.
  package var isTLS = false
  /// Whether the head was admitted earlier and this is one more message or piece under it.
  package var isBodyOnly = false

  package init(
    origin: Origin, destination: Destination, protocolName: Exchange.ProtocolName, method: String, target: String,
    fields: [HTTPField] = [], upgrade: String? = nil
  ) {
    self.origin = origin
    self.destination = destination
    self.protocolName = protocolName
    self.method = method
    self.target = target
    self.fields = fields
    self.upgrade = upgrade
  }

  /// Bytes of method, target and fields, counted alike whatever the version of HTTP: one for the space after the
  /// method, four for the colon, the space and the line's end of each field. The host counts as a field, however it is named.
  package var headBytes: Int {
    isBodyOnly ? 0 : method.utf8.count + 1 + target.utf8.count + Self.bytes(of: fields) + Self.bytes(of: hostField)
  }

  /// The field that stands for ``authority``; none or one.
  var hostField: [HTTPField] { authority.map { [HTTPField(name: "host", value: $0)] } ?? [] }

  /// Bytes of fields or trailers, counted as in ``headBytes``.
  package static func bytes(of fields: [HTTPField]) -> Int {
    fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
  }
}

/// Who opened a connection.
package struct Origin: Sendable, Hashable {
  package var agent: Agent
  /// The program, where it was observed.
  package var program: String?

  package init(agent: Agent, program: String? = nil) {
    self.agent = agent
    self.program = program
  }
}
