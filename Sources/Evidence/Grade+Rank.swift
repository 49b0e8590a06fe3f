extension Grade {
  /// How sure: more is surer.
  package var rank: Int {
    switch self {
    case .note: 0
    case .redact: 1
    case .block: 2
    }
  }
}
