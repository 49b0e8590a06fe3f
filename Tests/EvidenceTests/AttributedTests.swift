import Evidence
import Testing

@Suite("The files inside a message")
struct AttributedTests {
  @Test("a share is told to four digits, and is never 0 where there is any")
  func share() {
    func told(_ share: Double) -> JSONValue? {
      var exchange = Exchange(
        sequence: 1, started: Timestamp(millisecondsSinceEpoch: 0), agent: Agent(id: "a"),
        destination: Destination(host: "a.example", port: 443), protocolName: .http1, method: "POST", path: "/",
        endpoint: nil, purpose: .model,
        decision: Decision(action: .allow, rule: RuleReference(name: "r", file: "f", line: 1)),
        requestBytes: 1, inspectedBytes: 1, forwardedBytes: 1, responseBytes: 1)
      exchange.attributed = Attributed(share: share)
      return exchange.json["sourceShare"]
    }
    #expect(told(0) == 0)
    #expect(told(1) == 1)
    #expect(told(0.123_44) == .number(0.1234))
    #expect(told(0.000_001) == .number(0.0001))
  }
}
