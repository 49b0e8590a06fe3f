internal import Evidence
internal import Patterns

/// The least policy under which a run would have come to the same end.
///
/// It rests on the posture `ban` and allows what was seen: a rule for each destination, endpoint or path, method,
/// purpose and agent. Rules that a file has already stay, and stand first, so that nothing they stop is opened.
/// Telemetry, flags, updates and ways round the door are written down as comments only, and so is what would let only
/// the same files go.
package struct PolicyProposal: Sendable {
  /// The whole file; it parses.
  package let text: String
  /// The file that it is made from; `nil` for a new one.
  package let original: String?
  /// Rules that it adds, and rules that it adds as comments.
  package let rules: Int
  package let commentedRules: Int

  /// A pure function of what was observed.
  package init(_ run: ObservedRun) {
    let base = Base(run)
    let sorted = Sorted(run, base: base)
    let first = Self.written(run, base, sorted, verdicts: nil)
    let document = try? PolicyDocument.parse(first, file: run.policy.file).get()
    let verdicts = document.map { document in
      run.verdicts(by: run.policy.codeOwners.map(document.applied) ?? document)
    }
    text = Self.written(run, base, sorted, verdicts: verdicts)
    original = base.text == nil ? nil : run.policyText
    rules = sorted.groups.count { $0.doubt == nil && $0.isNameable }
    commentedRules =
      sorted.groups.count { $0.doubt != nil && $0.isNameable }
      + ObservedFiles.of(run.ruled).reduce(0) { $0 + $1.ruleCount }
  }

  private static func written(_ run: ObservedRun, _ base: Base, _ sorted: Sorted, verdicts: [Verdicts]?) -> String {
    var text = base.text ?? PolicyText(newFile)
    let lines = ProposedLines(run, base, sorted, verdicts: verdicts, indent: text.ruleIndent).lines
    // What a base cannot take was found out when it was chosen.
    _ = text.append(rules: lines)
    return text.text
  }

  private static let newFile = """
    # What AI tools may send from here. Of each kind of rule (where to, what is found, which files) the first that applies
    # answers, and the strictest of these counts. Read each of them before you use this file, and say why it is there with
    # `because:`. `sallyport policy check` reads this file, `sallyport policy explain` shows which rule decides about a
    # request and why.
    version: 1

    # Nothing passes that no rule here allows.
    posture: ban

    rules:

    """

  /// What a proposal is built on: the file in force, if it can be added to, with the posture that allows nothing.
  struct Base {
    let text: PolicyText?
    let policy: PolicyDocument
    /// Why the file in force is not what it is built on, where there is one.
    let refusal: String?

    init(_ run: ObservedRun) {
      guard let written = run.policyText else {
        self.init(text: nil, policy: .builtIn(.ban), refusal: nil)
        return
      }
      var text = PolicyText(written)
      if run.policy.posture != .ban {
        text.set(
          "posture", to: "ban", because: "was \(run.policy.posture.rawValue): nothing passes that no rule allows")
      }
      var tried = text
      guard tried.append(rules: [text.ruleIndent + "- {name: tried, then: block}"]),
        case .success(let probe) = PolicyDocument.parse(tried.text, file: run.policy.file), probe.posture == .ban,
        probe.ownRuleCount == run.policy.ownRuleCount + 1,
        case .success(let policy) = PolicyDocument.parse(text.text, file: run.policy.file)
      else {
        self.init(
          text: nil, policy: .builtIn(.ban),
          refusal:
            "The rules of \(run.policy.file) are not written one under another, so that this is a file of its own.")
        return
      }
      self.init(text: text, policy: run.policy.codeOwners.map(policy.applied) ?? policy, refusal: nil)
    }

    private init(text: PolicyText?, policy: PolicyDocument, refusal: String?) {
      self.text = text
      self.policy = policy
      self.refusal = refusal
    }
  }

  /// The exchanges by what has to be done about them.
  struct Sorted {
    private(set) var groups: [ObservedGroup] = []
    /// Groups past the most that one file may have.
    private(set) var dropped = 0
    /// Allowed by rules that the file has already.
    private(set) var allowed: [Exchange] = []
    /// Stopped by a rule that the file has already, which stays.
    private(set) var stopped: [(rule: RuleReference, exchange: Exchange)] = []
    private(set) var usedRules: Set<RuleReference> = []

    init(_ run: ObservedRun, base: Base) {
      var positions: [ObservedGroup.Key: Int] = [:]
      var groups: [ObservedGroup] = []
      for (exchange, verdicts) in zip(run.ruled, run.verdicts(by: base.policy)) {
        let route = verdicts.route
        let isOwn = base.text != nil && route.rule.file == base.policy.file
        if isOwn { usedRules.insert(route.rule) }
        if !route.action.isRestraint {
          allowed.append(exchange)
        } else if isOwn {
          stopped.append((route.rule, exchange))
        } else {
          let key = ObservedGroup.Key(exchange)
          if positions[key] == nil {
            positions[key] = groups.count
            groups.append(ObservedGroup(key, granted: base.policy.privateAddresses))
          }
          groups[positions[key] ?? 0].add(exchange)
        }
      }
      let most = min(PolicyLimits.proposedRules, PolicyLimits.rules - base.policy.ownRuleCount)
      let sorted = groups.filter { $0.doubt == nil } + groups.filter { $0.doubt != nil }
      self.groups = Array(sorted.prefix(max(0, most)))
      dropped = sorted.count - self.groups.count
    }
  }
}
