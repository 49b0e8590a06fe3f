internal import Evidence

/// Which of a run's exchanges are told one by one, where there are more than a page can hold.
struct ExchangeChoice {
  let groups: [(group: ExchangeGroup, shown: [Exchange])]
  /// Groups that are not told of at all.
  let leftOutGroups: [ExchangeGroup]
  private let sequences: Set<Int>

  /// Small groups are told whole before long ones get more.
  init(_ exchanges: [Exchange]) {
    let all = ExchangeGroup.groups(of: exchanges)
    let kept = Set(
      all.sorted { ($1.stopped, $1.findings, $1.forwardedBytes) < ($0.stopped, $0.findings, $0.forwardedBytes) }
        .prefix(ReportLimits.rows).map(\.key))
    let groups = all.filter { kept.contains($0.key) }
    leftOutGroups = all.filter { !kept.contains($0.key) }
    var shares: [ExchangeGroup.Key: Int] = [:]
    var room = ReportLimits.exchanges
    for (position, group) in groups.sorted(by: { $0.exchanges.count < $1.exchanges.count }).enumerated() {
      let share = min(group.exchanges.count, ReportLimits.exchangesOfGroup, room / (groups.count - position))
      shares[group.key] = share
      room -= share
    }
    self.groups = groups.map { ($0, $0.chosen(shares[$0.key] ?? 0)) }
    sequences = Set(self.groups.flatMap(\.shown).map(\.sequence))
  }

  func shows(_ sequence: Int) -> Bool { sequences.contains(sequence) }

  /// `#12`, as a link where the page has it.
  func link(_ sequence: Int) -> HTML {
    guard shows(sequence) else { return .text("#\(sequence)") }
    return element("a", .link(to: "x\(sequence)")) { "#\(sequence)" }
  }
}
