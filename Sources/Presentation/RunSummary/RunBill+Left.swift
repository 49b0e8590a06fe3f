package import Evidence

extension RunBill.Left {
  /// For each destination and purpose that something was meant for, how much of the files got there.
  package static func of(_ exchanges: [Exchange]) -> [RunBill.Left] {
    let spoken = exchanges.filter { $0.protocolName != .dns }
    return Dictionary(grouping: spoken) { Key(purpose: $0.purpose, destination: $0.destination) }.map {
      key, exchanges in
      let sent = exchanges.filter { $0.decision.action != .block && $0.forwardedBytes > 0 }
      let sources = sent.flatMap(\.attributed.sources)
      return RunBill.Left(
        purpose: key.purpose, destination: key.destination.place, files: Set(sources.map(\.path)).count,
        lines: sources.reduce(0) { $0 + ($1.isFirstSent ? $1.lineCount : 0) },
        isCertain: sent.allSatisfy(\.isCompared))
    }
  }

  /// Those that got something, the one that got most first.
  static func most(_ left: [RunBill.Left]) -> [RunBill.Left] {
    left.filter { $0.lines > 0 }.sorted {
      ($1.lines, $0.destination, $0.purpose.rawValue) < ($0.lines, $1.destination, $1.purpose.rawValue)
    }
  }

  /// `14 files, 1,203 lines`
  var amount: String { "\(files.counted("file")), \(lines.counted("line"))" }

  private struct Key: Hashable {
    let purpose: Purpose
    let destination: Destination
  }
}

extension Exchange {
  /// Whether all that it let go was compared with every file; what has no body has nothing to compare.
  fileprivate var isCompared: Bool {
    protocolName != .uninspected && (attributed.gap == nil || requestBodyBytes == 0)
  }
}

extension Destination {
  /// Clear text shows its port.
  fileprivate var place: String { port == 443 || port == 0 ? host : description }
}
