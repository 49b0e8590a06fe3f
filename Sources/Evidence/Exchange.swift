/// One exchange with a destination, as a record: everything that is known of it, and none of its content.
package struct Exchange: Sendable, Hashable {
  /// Counts from 1 within a run, without gaps.
  package let sequence: Int
  package let started: Timestamp
  package let agent: Agent
  /// The program that opened the connection, where it was observed.
  package let program: String?
  package let destination: Destination
  /// The address connected to, where a connection was made.
  package var address: String?
  package let protocolName: ProtocolName
  package let method: String
  /// Path and query as they were sent; secrets in it are replaced by their detector's name.
  package let path: String
  /// The catalogue's endpoint, such as `anthropic/messages`, where one matched.
  package let endpoint: String?
  package let purpose: Purpose
  /// What is in the request, and once the answer has come, what is in that: the place tells them apart.
  package var findings: [Finding]
  /// The files that are inside; of a stream that is let go piece by piece, inside all of it up to now.
  package var attributed = Attributed(gap: .off)
  package var decision: Decision
  /// Bytes of the request's target, header fields, body and trailers as the client sent them.
  package var requestBytes: Int
  /// Of those, the bytes that were inspected; equal to ``requestBytes`` unless ``protocolName`` is uninspected.
  package var inspectedBytes: Int
  /// Of those, the bytes of the body as it was sent.
  package var requestBodyBytes: Int
  /// Bytes of the request let go to the destination; 0 for what was blocked.
  package var forwardedBytes: Int
  package var responseBytes: Int
  /// Placeholders in the answer that were replaced by what they stand for.
  package var restored = 0
  /// What was decided about the answer where it was more than to pass it on; ``Action/block`` where it was ended.
  package var answerDecision: Decision?
  /// The status the client was given.
  package var status: Int?
  /// The ledger entry with the decision.
  package var ledgerIndex: Int?

  package init(
    sequence: Int, started: Timestamp, agent: Agent, program: String? = nil, destination: Destination,
    protocolName: ProtocolName, method: String, path: String, endpoint: String?, purpose: Purpose,
    findings: [Finding] = [], decision: Decision, requestBytes: Int, inspectedBytes: Int,
    requestBodyBytes: Int = 0, forwardedBytes: Int = 0, responseBytes: Int = 0, status: Int? = nil,
    ledgerIndex: Int? = nil
  ) {
    self.sequence = sequence
    self.started = started
    self.agent = agent
    self.program = program
    self.destination = destination
    self.protocolName = protocolName
    self.method = method
    self.path = path
    self.endpoint = endpoint
    self.purpose = purpose
    self.findings = findings
    self.decision = decision
    self.requestBytes = requestBytes
    self.inspectedBytes = inspectedBytes
    self.requestBodyBytes = requestBodyBytes
    self.forwardedBytes = forwardedBytes
    self.responseBytes = responseBytes
    self.status = status
    self.ledgerIndex = ledgerIndex
  }

  /// What was spoken on the wire.
  package enum ProtocolName: String, Sendable, Hashable, CaseIterable {
    case http1 = "http/1.1"
    case http2 = "h2"
    case webSocket = "websocket"
    /// A byte stream of no dialect that we know, inspected as plain bytes.
    case bytes
    /// A name asked of the resolver.
    case dns
    /// Left unintercepted by a rule: counted, not seen.
    case uninspected
  }
}
