internal import Evidence

/// How much of what went out was compared with the files: only of that can be said what was not in it.
struct Comparison {
  /// Whether everything was.
  let isWhole: Bool
  /// Whether anything was.
  let isAny: Bool
  private let doubtful: Set<ExchangeGroup.Key>

  init(_ exchanges: [Exchange]) {
    let sent = exchanges.filter { $0.forwardedBytes > 0 && $0.protocolName != .dns }
    // What has no body has no room for a file, unless nobody saw it.
    let gaps = sent.filter { $0.isUninspected || ($0.attributed.gap != nil && $0.requestBodyBytes > 0) }
    doubtful = Set(gaps.map { ExchangeGroup.Key(purpose: $0.purpose, destination: $0.destination) })
    isWhole = doubtful.isEmpty
    isAny = exchanges.contains { $0.attributed.gap != .off }
  }

  func isWhole(to key: ExchangeGroup.Key) -> Bool { !doubtful.contains(key) }

  func isWhole(to purpose: Purpose) -> Bool { !doubtful.contains { $0.purpose == purpose } }

  /// What follows what left, where not all was compared.
  var sentence: String {
    isAny
      ? "; no lines of files were found in it, but not all of it was compared"
      : "; which files were in it was not looked into"
  }
}
