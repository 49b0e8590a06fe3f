package import Evidence

extension PolicyDocument {
  /// Whether any rule speaks about the files inside a message, so that a decision needs to know them.
  package var asksForSources: Bool { !sourceRules.isEmpty }

  /// The rules that name owners; they need ``codeOwners``.
  package var rulesNamingOwners: [PolicyRule] { sourceRules.filter { $0.source?.owners.isEmpty == false } }

  /// What went to a host, with what a message that was let go has now sent there.
  package func adding(_ attributed: Attributed, to sent: SentLineCounts, at place: Question.Place) -> SentLineCounts {
    guard sourceRules.contains(where: { $0.source?.lines != nil }) else { return sent }
    var sent = sent
    let files = Self.files(in: attributed)
    for (file, rules) in zip(files, coverage.rules(for: files, at: place)) {
      let lines = attributed.sources[file.ranges].reduce(0) { $1.isFirstSent ? $0.addingClamped($1.lineCount) : $0 }
      for rule in rules where lines > 0 && sourceRules[rule].source?.lines != nil { sent.add(lines, to: rule) }
    }
    return sent
  }

  /// Whether a rule that stops something covers this file, whatever amounts it asks for.
  ///
  /// Of several files with the same text one is told of: it has to be one that is guarded, or else a copy in another
  /// place would carry out what must stay.
  package func guards(_ path: String, at place: Question.Place) -> Bool {
    guard asksForSources else { return false }
    let rules = coverage.rules(for: [AttributedFile(path: path, ranges: 0..<0)], at: place).first ?? []
    return rules.contains { sourceRules[$0].action.isRestraint }
  }

  /// Said of a run whose index of files has left some out; `nil` where no rule asks for files.
  ///
  /// - Parameters:
  ///   - count: of all of them.
  ///   - examples: paths of the first ones.
  ///   - list: where the rest stands, as a person finds it.
  package func notice(filesLeftOut count: Int, examples: [String], list: String) -> String? {
    guard asksForSources, count > 0 else { return nil }
    let shown = examples.prefix(PolicyLimits.shownLeftOut).map { SourceExcerpt.shown($0) }
    let rest = count - shown.count
    let names = shown.isEmpty ? "" : " (\(shown.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : ""))"
    return
      "\(file): \(count) file\(count == 1 ? " was" : "s were") not compared with what is sent\(names); rules about files do not know them; see filesIndexed.leftOut in \(list)"
  }

  static func files(in attributed: Attributed) -> [AttributedFile] {
    let sources = attributed.sources
    var files: [AttributedFile] = []
    var start = 0
    for index in sources.indices where index + 1 == sources.count || sources[index + 1].path != sources[index].path {
      files.append(AttributedFile(path: sources[index].path, ranges: start..<index + 1))
      start = index + 1
    }
    return files
  }

  /// One answer for each file that a rule speaks about, and one for what was not compared.
  func sourceVerdicts(for subject: PreparedQuestion) -> [SourceVerdict] {
    guard !sourceRules.isEmpty else { return [] }
    let question = subject.question
    let gap = Self.gap(in: question)
    guard gap != nil || !question.attributed.sources.isEmpty else { return [] }
    let applying = sourceRules.indices.filter { sourceRules[$0].applies(to: subject) }
    guard !applying.isEmpty else { return [] }
    var verdicts: [SourceVerdict] = []
    if !question.attributed.sources.isEmpty {
      let files = Self.files(in: question.attributed)
      let covering = coverage.rules(for: files, at: question.place)
      let amounts = amounts(of: applying, files, covering, question)
      for (file, rules) in zip(files, covering) {
        guard let index = rules.first(where: { amounts[$0] == true }) else { continue }
        verdicts.append(
          SourceVerdict(
            matter: .file(SourceExcerpt(file.path, question.attributed.sources[file.ranges])),
            verdict: answered(Verdict(sourceRules[index]), about: .file(file.path), by: question)))
      }
    }
    if let gap, let verdict = strictest(applying) {
      verdicts.append(
        SourceVerdict(matter: .notCompared(gap), verdict: answered(verdict, about: .notCompared, by: question)))
    }
    return verdicts
  }

  /// By rule that applies, whether its amounts hold.
  private func amounts(
    of applying: [Int], _ files: [AttributedFile], _ covering: [[Int]], _ question: Question
  ) -> [Int: Bool] {
    var holding: [Int: Bool] = [:]
    for rule in applying {
      guard let condition = sourceRules[rule].source else { continue }
      guard !condition.amounts.isEmpty else {
        holding[rule] = true
        continue
      }
      holding[rule] = amount(of: rule, files, covering, question).holds(in: condition)
    }
    return holding
  }

  func amount(
    of rule: Int, _ files: [AttributedFile], _ covering: [[Int]], _ question: Question
  ) -> SourceAmount {
    var amount = SourceAmount(lines: question.sentLines.lines(of: rule))
    for (file, rules) in zip(files, covering) where rules.contains(rule) {
      for range in question.attributed.sources[file.ranges] { amount.add(range) }
    }
    if sourceRules[rule].source?.share != nil { amount.compare(with: question.attributed) }
    return amount
  }

  /// What is not known may be what any of them covers: nothing is opened by it, and the strictest closes.
  private func strictest(_ applying: [Int]) -> Verdict? {
    let restraining = applying.map { sourceRules[$0] }.filter(\.action.isRestraint)
    let most = restraining.map(\.action.strictness).max()
    return restraining.first { $0.action.strictness == most }.map(Verdict.init)
  }

  /// Why files may be inside that nobody knows of.
  ///
  /// A message without a body has nothing to compare. Files that were left out of the index are said once, by
  /// ``notice(filesLeftOut:examples:list:)``: were they a gap in each message, a large workspace could send nothing. What is left
  /// unintercepted was given up by the entry that says so.
  static func gap(in question: Question) -> String? {
    guard question.bytes > 0, question.protocolName != .uninspected else { return nil }
    switch question.attributed.gap {
    case nil, .filesLeftOut: return nil
    case .off: return "The message was not compared with the files."
    case .indexing: return "The files were not all read yet when the message was to be compared with them."
    case .messageTooLarge: return "The message holds more than is compared with the files."
    }
  }
}
