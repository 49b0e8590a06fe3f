internal import Evidence

/// How much of what went out was compared with the files: only of that can be said what was not in it.
struct Comparison {
  /// Whether everything was.
  let isWhole: Bool
  /// Whether anything was.
  let isAny: Bool

  init(_ exchanges: [Exchange]) {
    let sent = exchanges.filter { $0.forwardedBytes > 0 && $0.protocolName != .dns }
    // What has no body has no room for a file, unless nobody saw it.
    isWhole = sent.allSatisfy { !$0.isUninspected && ($0.attributed.gap == nil || $0.requestBodyBytes == 0) }
    isAny = exchanges.contains { $0.attributed.gap != .off }
  }

  /// What follows what left, where not all was compared.
  var sentence: String {
    isAny
      ? "; no lines of files were found in it, but not all of it was compared"
      : "; which files were in it was not looked into"
  }
}
