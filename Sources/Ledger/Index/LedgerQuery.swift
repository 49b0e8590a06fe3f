package import Evidence

/// Which entries are asked for; everything that is given must hold.
package struct LedgerQuery: Sendable, Hashable {
  /// Those that this release writes.
  package static let types = [
    "run.started", "sandbox.attested", "egress.decision", "egress.continued", "egress.completed", "run.observed",
    "run.ended", "ledger.forked",
  ]

  /// The identifier or its beginning.
  package var run: String?
  package var type: String?
  package var host: String?
  package var purpose: String?
  package var verdict: String?
  /// Not before.
  package var since: Timestamp?
  /// Before.
  package var until: Timestamp?
  /// The newest so many; at most ``LedgerLimits/queryRows``.
  package var limit: Int?

  package init(
    run: String? = nil, type: String? = nil, host: String? = nil, purpose: String? = nil, verdict: String? = nil,
    since: Timestamp? = nil, until: Timestamp? = nil, limit: Int? = nil
  ) {
    self.run = run
    self.type = type
    self.host = host
    self.purpose = purpose
    self.verdict = verdict
    self.since = since
    self.until = until
    self.limit = limit
  }

  func matches(_ entry: LedgerEntry) -> Bool {
    let equal = [
      (type, entry.type), (host, entry.host), (purpose, entry.purpose), (verdict, entry.verdict),
    ].allSatisfy { wanted, found in wanted == nil || wanted == found }
    let isOfRun = run.map { (entry.run ?? "").hasPrefix($0) } ?? true
    let isLate = since.map { ($0.description) <= entry.time ?? "" } ?? true
    let isEarly = until.map { (entry.time ?? "") < $0.description } ?? true
    return equal && isOfRun && isLate && isEarly
  }
}
