internal import Evidence

/// The lines that a proposal puts among the rules of a file: rules, each with the exchanges it is for, and comments.
struct ProposedLines {
  private(set) var lines: [String] = []
  private let run: ObservedRun
  private let base: PolicyProposal.Base
  private let sorted: PolicyProposal.Sorted
  private let indent: String
  /// By sequence, what the proposed file says; empty while it is being written for the first time.
  private let verdicts: [Int: Verdicts]
  private var names: Set<String>

  /// - Parameter verdicts: of the proposed file, of each exchange that policy has a word in.
  init(
    _ run: ObservedRun, _ base: PolicyProposal.Base, _ sorted: PolicyProposal.Sorted, verdicts: [Verdicts]?,
    indent: String
  ) {
    self.run = run
    self.base = base
    self.sorted = sorted
    self.indent = indent
    self.verdicts = Dictionary(
      zip(run.ruled.map(\.sequence), verdicts ?? []), uniquingKeysWith: { first, _ in first })
    names = Set(base.policy.rules.map(\.name))
    say(heading)
    for group in sorted.groups where group.doubt == nil { add(group) }
    let doubtful = sorted.groups.filter { $0.doubt != nil }
    if !doubtful.isEmpty {
      lines.append("")
      say(["Seen too, and not allowed; to allow one, take the marks in front of it away."])
      for group in doubtful { add(group) }
    }
    for files in ObservedFiles.of(run.ruled) {
      lines.append("")
      var made: [String] = []
      let commented = files.lines(indent: indent) { name in
        let name = Self.unique(name, among: names.union(made))
        made.append(name)
        return name
      }
      names.formUnion(made)
      lines += commented
    }
    let rest = remarks
    if !rest.isEmpty {
      lines.append("")
      say(rest)
    }
  }

  private mutating func say(_ sentences: [String]) {
    lines += sentences.map { "\(indent)# \(ObservedWords.shown($0))" }
  }

  private var heading: [String] {
    let agent = run.agent.id + (run.agent.version.map { " \($0)" } ?? "")
    let count = run.exchanges.count
    var lines = [
      "Proposed by sallyport observe from one run of \(agent) with \(count) exchange\(count == 1 ? "" : "s"): what was seen, and no more."
    ]
    if let refusal = base.refusal { lines.append(refusal) }
    if !sorted.allowed.isEmpty {
      lines.append(
        "Allowed by rules above already: \(ObservedWords.named(sorted.allowed.map(\.sequence))).")
    }
    for (rule, entries) in Dictionary(grouping: sorted.stopped, by: \.rule).sorted(by: { $0.key.line < $1.key.line }) {
      lines.append(
        "Stopped by '\(rule.name)' above, which stays: \(ObservedWords.named(entries.map(\.exchange.sequence)))."
      )
    }
    return lines
  }

  private mutating func add(_ group: ObservedGroup) {
    let sentences =
      [ObservedWords.heading(group)] + doubt(about: group) + inForce(group)
      + ObservedWords.findings(group.exchanges) + staying(group)
    let name = Self.unique(Self.name(of: group), among: names)
    guard let rule = ProposedRule(group, name: name, comments: sentences.map(ObservedWords.shown)) else {
      return say(sentences + ["No rule can name this."])
    }
    names.insert(name)
    lines += [""] + rule.lines(indent: indent)
  }

  private func doubt(about group: ObservedGroup) -> [String] {
    switch group.doubt {
    case nil: return []
    case .nonessential:
      let files = Set(group.exchanges.flatMap { $0.attributed.sources.map(\.path) })
      let carried = group.exchanges.reduce(0) { $0 + $1.requestBodyBytes }
      let inside = files.isEmpty ? "" : ", lines of \(files.count) file\(files.count == 1 ? "" : "s") inside"
      return ["\(group.key.purpose.rawValue): \(carried) bytes of bodies\(inside)"]
    case .evasion: return ["a way round what a policy can see: every posture refuses it"]
    case .unreached: return ["no connection came about; the run came to its end without"]
    }
  }

  /// What the policy in force would have done.
  private func inForce(_ group: ObservedGroup) -> [String] {
    var sequences: [String: [Int]] = [:]
    for exchange in group.exchanges {
      for reason in exchange.decision.reasons where reason.subject == Decision.Reason.observed {
        sequences[reason.statement, default: []].append(exchange.sequence)
      }
    }
    return sequences.sorted { ($0.value.first ?? 0, $0.key) < ($1.value.first ?? 0, $1.key) }.prefix(4).map {
      "in this run \($0.key): \(ObservedWords.named($0.value))"
    }
  }

  /// What the proposed file does all the same about what was inside: no proposal lets a finding through.
  private func staying(_ group: ObservedGroup) -> [String] {
    var sequences: [String: [Int]] = [:]
    for exchange in group.exchanges where group.doubt == nil {
      guard let verdicts = verdicts[exchange.sequence] else { continue }
      let inside = verdicts.findings.map(\.verdict) + verdicts.sources.map(\.verdict)
      guard let strictest = inside.max(by: { $0.action.strictness < $1.action.strictness }),
        strictest.action.isRestraint
      else { continue }
      let deed = strictest.action == .redact ? "is cut out" : strictest.action == .ask ? "is asked about" : "stops it"
      sequences["what was inside \(deed) by '\(strictest.rule.name)'", default: []].append(exchange.sequence)
    }
    return sequences.sorted { $0.key < $1.key }.map {
      "still, \($0.key): \(ObservedWords.named($0.value))"
    }
  }

  private var remarks: [String] {
    var remarks: [String] = []
    let unmet = run.ruled.filter { exchange in
      guard let verdicts = verdicts[exchange.sequence] else { return false }
      let isMeant = sorted.groups.contains { $0.doubt == nil && $0.key == ObservedGroup.Key(exchange) }
      return isMeant && verdicts.route.action.isRestraint
    }
    if !unmet.isEmpty {
      remarks.append("Not allowed by this file: \(ObservedWords.named(unmet.map(\.sequence))).")
    }
    if sorted.dropped > 0 { remarks.append("Not written down, being too many: \(sorted.dropped) more rules.") }
    let unused = base.policy.rules.prefix(base.text == nil ? 0 : base.policy.ownRuleCount).filter { rule in
      rule.isRoute && !rule.action.isRestraint && !sorted.usedRules.contains(rule.reference)
    }
    if !unused.isEmpty {
      let names = unused.prefix(PolicyLimits.explainedFindings).map { "'\($0.name)'" }.joined(separator: ", ")
      remarks.append("Not needed by this run, though this file allows it: \(names).")
    }
    let refused = run.exchanges.filter { $0.decision.action == .block }.map(\.sequence)
    if !refused.isEmpty {
      remarks.append("Refused in this run, whatever the policy: \(ObservedWords.named(refused)).")
    }
    return remarks
  }

  private static func name(of group: ObservedGroup) -> String {
    let key = group.key
    let what = key.endpoint ?? (group.paths.first ?? nil) ?? ""
    return "\(key.purpose.rawValue): \(key.method) \(what) at \(key.destination.host)"
  }

  /// Printable, within the bytes that a name may have, and not yet given.
  private static func unique(_ name: String, among taken: Set<String>) -> String {
    let printable = name.unicodeScalars.map { PolicyReader.isPrintable(String($0)) ? String($0) : "·" }.joined()
    var number = 1
    while true {
      let ending = number == 1 ? "" : " (\(number))"
      var fitting = printable
      while fitting.utf8.count + ending.utf8.count > PolicyLimits.nameBytes { fitting.removeLast() }
      if !taken.contains(fitting + ending) { return fitting + ending }
      number += 1
    }
  }
}
