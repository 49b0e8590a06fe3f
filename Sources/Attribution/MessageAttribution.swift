package import Evidence

/// Which lines of which files are in one message, as far as it came.
package struct MessageAttribution: Sendable {
  /// What was first sent is told as it stood when this was asked for: another message may go first.
  package let attributed: Attributed
  private let origin: Origin?

  /// What is needed to settle it.
  struct Origin: Sendable {
    let claims: [SourceClaim]
    /// The numbers of the lines of which anything is there, and for each whether it went before, as it stood then.
    let lines: [UInt32]
    let repeats: [Bool]
    /// Where the message's text begins and ends, by its encodings: what follows may go on with it.
    let edges: [(edge: MessageEdge, layers: [String])]
    /// Texts that the next message may repeat.
    let texts: [(text: ComparedText, layers: [String])]
    let sent: SentLines
    let destination: String
    let message: UInt32
  }

  /// Of a message that holds nothing, or is not compared.
  package init(gap: Attributed.Gap? = nil) {
    attributed = Attributed(gap: gap)
    origin = nil
  }

  init(_ attributed: Attributed, from origin: Origin) {
    self.attributed = attributed
    self.origin = origin
  }

  /// The message is let go as far as it came: its lines count as sent to the destination. Of messages that hold the same
  /// lines at the same time, one has sent each line first.
  ///
  /// - Returns: what was first sent, settled.
  @discardableResult package func markSent() -> Attributed {
    guard let origin else { return attributed }
    for (edge, layers) in origin.edges { origin.sent.add(edge, layers, to: origin.destination) }
    for (text, layers) in origin.texts { origin.sent.add(text, layers, to: origin.destination) }
    guard !origin.claims.isEmpty else { return attributed }
    for claim in origin.claims { claim.document.noteSent() }
    let repeats = origin.sent.mark(origin.lines, to: origin.destination, by: origin.message)
    guard repeats != origin.repeats else { return attributed }
    var settled = attributed
    settled.sources =
      ClaimReport(origin.claims) { lines in
        origin.sent.repeats(lines, to: origin.destination, in: origin.message)
      }.sources
    return settled
  }
}
