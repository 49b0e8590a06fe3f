package import Evidence

/// A place that looks like what a detector knows, and what the detector makes of it.
package struct Candidate: Sendable, Hashable {
  package let detector: DetectorRule
  /// In the message as it was sent.
  package let span: Span
  /// Encodings that were taken off to see it.
  package let layers: [String]
  package let outcome: Outcome

  package enum Outcome: Sendable, Hashable {
    case judged(Judgement)
    /// It begins as the detector's pattern does, and does not go on so.
    case beginsOnly
  }

  /// Whether it is a finding.
  package var isFound: Bool {
    if case .judged(.found) = outcome { true } else { false }
  }
}
