internal import Catalog
package import Evidence
internal import Inspection
package import NIOCore

extension Chamber {
  /// Why a message is not even looked into: it is broken, or not for whom it says.
  package struct Objection: Sendable {
    package let status: Int
    package let statement: String
    /// The name under which the record shows it; no policy can change it.
    package let rule: String

    package init(status: Int, statement: String, rule: String) {
      self.status = status
      self.statement = statement
      self.rule = rule
    }

    /// A message that breaks its protocol.
    package static func malformed(_ status: Int, _ statement: String) -> Objection {
      Objection(status: status, statement: statement, rule: "well-formed messages only")
    }

    /// What a client sent to a proxy names no server.
    package static let notForAProxy = malformed(400, "a proxy wants an absolute-form target or CONNECT (RFC 9112 §3.2)")

    /// A tunnel within a tunnel, whose other end nobody could tell.
    package static let nestedTunnel = Objection(
      status: 400, statement: "CONNECT inside a connection that was opened for one host (RFC 9110 §9.3.6)",
      rule: "one host per connection")

    /// TLS that was begun and that we cannot take off.
    package static let unreadableHello = malformed(
      400, "its ClientHello is malformed or was not finished in time (RFC 8446 §4.1.2)")

    /// A field whose bytes are no text, so that what is inspected would not be what is sent.
    package static let unreadableField = malformed(
      400, "a field's value is not UTF-8, so it cannot be inspected as it would be sent")

    /// A method that is a message rather than a verb: it would stand in the record as it is.
    package static let unknownMethod = malformed(
      501, "its method is not made of up to 24 capital letters and hyphens (RFC 9110 §16.1)")

    /// `:scheme` is what the connection is, or something was put there to be carried (RFC 9113 §8.3.1).
    package static let otherScheme = malformed(400, "its scheme is not that of its connection (RFC 9113 §8.3.1)")

    /// A request for another host than the connection was opened for: domain fronting, or a mistake.
    package static func misdirected(_ named: String, _ opened: Destination) -> Objection {
      Objection(
        status: 421,
        statement: "it names \(named.isEmpty ? "no host" : named.headerSafe) on a connection opened for \(opened)",
        rule: "one host per connection")
    }
  }

  /// Records a message that is refused before any policy is asked, and gives the answer for the client.
  package func object(
    to captured: Captured, _ objection: Objection, on loop: any EventLoop,
    _ completion: @escaping (Refusal) -> Void
  ) {
    let examination = examine(captured)
    let decision = Decision(
      action: .block, rule: RuleReference(name: objection.rule, file: "built-in:protocol", line: 1),
      // It may repeat a name that somebody chose.
      reasons: [.init(subject: "protocol", statement: engines.detectors.masked(objection.statement))])
    let decided = Decided(examination.inspected(), decision)
    record(decided, continuing: nil, on: loop) { verdict in
      switch consume verdict {
      case .refused(let refusal): completion(refusal.with(status: objection.status))
      // A block is never admitted; were it so, nothing would be done with the witness.
      case .admitted: break
      case .redacted: break
      }
    }
  }
}
