internal import Evidence

/// What one detector asks of a match of its pattern.
struct PatternOwner: Sendable {
  let rule: DetectorRule
  /// Of the rule among all rules: the earlier one wins a tie.
  let order: Int
  let validator: Validator?
  /// Lower case.
  let keywords: [[UInt8]]
  let context: Context?

  struct Context: Sendable {
    /// Numbers in the ``ContextVocabulary``.
    let words: Set<Int>
    let without: Grade?
  }

  init(_ rule: DetectorRule, order: Int, _ vocabulary: inout ContextVocabulary) throws(DetectorError) {
    self.rule = rule
    self.order = order
    keywords = rule.keywords.map { Array($0.lowercased().utf8) }
    context = rule.context.map { Context(words: vocabulary.add($0), without: $0.without) }
    validator = rule.validator.flatMap { Validator.named($0) }
    if let name = rule.validator, validator == nil {
      throw DetectorError(
        code: .validator, place: rule.place(of: name), sentence: "\(rule.id): there is no check named \(name)",
        remedy: "name one of \(Validator.all.map(\.name).joined(separator: ", "))")
    }
  }

  /// - Parameter rules: among which its own is.
  /// - Throws: ``DamagedArchive``.
  init(from archive: inout ArchiveReader, _ rules: [DetectorRule]) throws(DamagedArchive) {
    order = try archive.read()
    guard rules.indices.contains(order) else { throw DamagedArchive() }
    let rule = rules[order]
    self.rule = rule
    validator = rule.validator.flatMap { Validator.named($0) }
    keywords = try archive.list { archive throws(DamagedArchive) in try archive.elements() }
    let words = try rule.context == nil ? nil : Set(archive.elements(of: Int.self))
    context = words.map { Context(words: $0, without: rule.context?.without) }
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(order)
    archive.write(keywords) { $0.write(elements: $1) }
    if let context { archive.write(elements: Array(context.words)) }
  }

  /// What a match is, as far as this detector can tell.
  ///
  /// - Parameters:
  ///   - isSample: it looks like those in documentation.
  ///   - text: up to the match's end, at most as far back as keywords count.
  ///   - words: those near the match.
  func judge(
    _ secret: UnsafeBufferPointer<UInt8>, isSample: Bool, upTo text: Slice<UnsafeBufferPointer<UInt8>>,
    near words: Set<Int>
  ) -> Judgement {
    if isSample, rule.dataClass == .credential { return .dismissed(.sample) }
    let isInContext = context.map { !$0.words.isDisjoint(with: words) }
    guard let grade = isInContext == false ? context?.without : rule.grade else {
      return .dismissed(.noContext(rule.context?.words ?? []))
    }
    guard hasKeyword(text) else { return .dismissed(.noKeyword(rule.keywords)) }
    if rule.minimumEntropy > 0 {
      let bits = PasswordShape.entropy(secret)
      guard bits >= rule.minimumEntropy else { return .dismissed(.tooEven(bits, atLeast: rule.minimumEntropy)) }
    }
    let verdict = validator?.isRuledOut?(text) == true ? .refuted : validator?.check(secret)
    if verdict == .refuted { return .dismissed(.refuted(check: validator?.name ?? "")) }
    let isDocumented = verdict == .documented
    let isDoubtful = verdict == .doubtful || isDocumented
    return .found(
      isDoubtful ? grade.lowered : grade,
      .init(
        isInContext: isInContext, check: validator?.name, isDoubtful: isDoubtful,
        isDocumented: isDocumented))
  }

  private func hasKeyword(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    keywords.isEmpty
      || keywords.contains { keyword in
        guard text.count >= keyword.count else { return false }
        return (text.startIndex...(text.endIndex - keyword.count)).contains { start in
          zip(text[start...], keyword).allSatisfy { ((0x41...0x5a).contains($0) ? $0 | 0x20 : $0) == $1 }
        }
      }
  }
}

extension Grade {
  /// One that is worth less.
  fileprivate var lowered: Grade { self == .block ? .redact : .note }
}
