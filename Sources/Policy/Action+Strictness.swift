internal import Evidence

extension Action {
  /// The strictest of several answers wins.
  var strictness: Int {
    switch self {
    case .allow: 0
    case .report: 1
    case .redact: 2
    case .ask: 3
    case .block: 4
    }
  }

  /// Whether it keeps anything from leaving as it was sent.
  var isRestraint: Bool { strictness > Action.report.strictness }
}
