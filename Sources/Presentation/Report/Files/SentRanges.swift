internal import Evidence

/// What the exchanges that went out carried of each file, by receiver.
struct SentRanges {
  private var ranges: [Key: [SourceRange]] = [:]

  private struct Key: Hashable {
    let path: String
    let receiver: ExchangeGroup.Key
  }

  init(_ exchanges: [Exchange]) {
    for exchange in exchanges where exchange.forwardedBytes > 0 && exchange.decision.action != .block {
      let receiver = ExchangeGroup.Key(purpose: exchange.purpose, destination: exchange.destination)
      for source in exchange.attributed.sources {
        ranges[Key(path: source.path, receiver: receiver), default: []].append(source)
      }
    }
  }

  func of(_ path: String, to receiver: RunReport.LeftFile.Receiver) -> [SourceRange] {
    let key = ExchangeGroup.Key(purpose: receiver.purpose, destination: receiver.destination)
    return ranges[Key(path: path, receiver: key)] ?? []
  }
}
