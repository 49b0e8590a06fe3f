internal import Evidence

extension Question {
  /// The question that was asked about a recorded exchange, as far as the record tells it.
  ///
  /// - Parameters:
  ///   - isOwnVendor: as the catalogue says; false is the careful answer.
  ///   - sentBytes: that went to the same host before.
  init(_ exchange: Exchange, isOwnVendor: Bool, place: Place, sentBytes: Int, sentLines: SentLineCounts) {
    var random = SystemRandomNumberGenerator()
    self.init(
      subject: Subject(pseudonym: "observed", run: RunID.random(using: &random)), agent: exchange.agent,
      destination: exchange.destination, endpoint: exchange.endpoint, isOwnVendor: isOwnVendor,
      purpose: exchange.purpose, method: exchange.method, path: exchange.path, protocolName: exchange.protocolName,
      findings: exchange.findings.filter { $0.place != .answer }, bytes: exchange.requestBodyBytes,
      time: exchange.started, place: place)
    self.fieldBytes = exchange.fieldBytes
    self.sentBytes = sentBytes
    self.sentLines = sentLines
    self.attributed = exchange.attributed
  }
}
