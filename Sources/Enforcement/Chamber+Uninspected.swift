internal import Attribution
internal import Catalog
package import Evidence
package import NIOCore
internal import Policy

extension Chamber {
  /// The rule that leaves a destination unintercepted; `nil` where it is to be inspected.
  package func uninspectedRule(for destination: Destination, agent: Agent) -> RuleReference? {
    guard case .uninspected(let rule, _) = engines.policy.interception(of: destination, agent: agent) else {
      return nil
    }
    return rule
  }

  /// Whether policy would let a message through as it is; decides nothing and leaves no trace.
  package func wouldAdmit(_ captured: Captured) -> Bool {
    let inspected = examine(captured).inspected()
    let question = Decided.question(about: inspected, run: run, sent: .init(), agreed: .init())
    switch Decided.decide(inspected, question, by: engines, run: run).decision.action {
    case .allow, .report: return true
    default: return false
    }
  }

  /// Records a connection that is carried without being looked into.
  package func admitUninspected(
    _ destination: Destination, origin: Origin, rule: RuleReference, on loop: any EventLoop,
    _ completion: @escaping (consuming Verdict) -> Void
  ) {
    let captured = Captured(
      origin: Origin(agent: known(origin.agent), program: origin.program), destination: destination,
      protocolName: .uninspected, method: "CONNECT", target: "/")
    let decision = Decision(
      action: .report, rule: rule,
      reasons: [.init(subject: "protocol", statement: "policy leaves this destination unintercepted")])
    let inspected = Inspected(
      captured: captured,
      recognition: engines.knowledge.recognise(captured.facts(bodyPrefix: []), by: origin.agent.id),
      findings: [], totalBytes: 0, inspectedBytes: 0, bodyBytes: 0, bodyDigest: [],
      attribution: MessageAttribution(gap: .off))
    let decided = Decided(inspected, decision)
    record(decided, continuing: nil, on: loop, completion)
  }
}
