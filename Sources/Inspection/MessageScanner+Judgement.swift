internal import Decoding
internal import Evidence

/// What a match is worth.
extension MessageScanner {
  /// - Returns: the words near a match, for detectors that ask for some; `nil` where they may be in bytes to come.
  func words(
    near match: Range<Int>, of pattern: CompiledPattern, _ buffer: UnsafeBufferPointer<UInt8>, isLast: Bool
  ) -> Set<Int>? {
    guard pattern.hasContext else { return [] }
    let after = match.upperBound + ContextVocabulary.bytesAfter
    guard isLast || after < buffer.count else { return nil }
    let before = max(0, match.lowerBound - ContextVocabulary.bytesBefore)
    return detectors.vocabulary.words(in: buffer[before..<match.lowerBound])
      .union(detectors.vocabulary.words(in: buffer[match]))
      .union(detectors.vocabulary.words(in: buffer[match.upperBound..<min(after, buffer.count)]))
  }

  /// - Parameters:
  ///   - words: those near the match.
  ///   - over: those over its column.
  /// - Returns: the words for which it counts.
  @discardableResult
  func judge(
    _ match: PatternMatcher.Match, _ pattern: CompiledPattern, near words: Set<Int>, over: Set<Int> = [],
    in buffer: UnsafeBufferPointer<UInt8>, turned: TurnedText? = nil, _ view: DecodedView
  ) -> Set<Int> {
    var speaking: Set<Int> = []
    let all = over.isEmpty ? words : words.union(over)
    let place =
      turned?.range(of: match.secret)
      ?? view.bytes.base + match.secret.lowerBound..<view.bytes.base + match.secret.upperBound
    // Most matches are dismissed.
    lazy var told = SightedPlace(place, in: view, turn: turned?.turn)
    let secret = UnsafeBufferPointer(rebasing: buffer[match.secret])
    let text = buffer[max(0, match.range.upperBound - InspectionLimits.keywordBytes)..<match.range.upperBound]
    let isSample = isSample(secret, pattern, isWhole: match.secret.lowerBound == match.range.lowerBound)
    for owner in pattern.owners {
      var judgement = owner.judge(secret, isSample: isSample, upTo: text, near: all)
      if case .found(let grade, var reasons) = judgement, reasons.isInContext == true, let context = owner.context {
        speaking.formUnion(context.words.intersection(all))
        reasons.isOfColumn = context.words.isDisjoint(with: words)
        judgement = .found(grade, reasons)
      }
      if explains { explain(judgement, owner.rule, told) }
      guard case .found(let grade, let reasons) = judgement else { continue }
      var sighting = Sighting(
        owner.rule, order: owner.order, grade: grade, at: told, fingerprint: detectors.fingerprint(of: secret))
      sighting.endsWithSecret = owner.validator?.decodesToSecretAtEnd == true
      if turned == nil, let scan = view.attachment as? ViewScan { addToRecords(sighting, at: place, reasons, scan) }
      keep(sighting, view)
    }
    return speaking
  }

  /// Whether it is one of those that documentation shows. A word behind a secret, in the place of more of it, or within
  /// one that is as long as a private key, says nothing.
  ///
  /// - Parameter isWhole: the secret begins where the match does, and so with what all of its kind begin with.
  private func isSample(_ secret: UnsafeBufferPointer<UInt8>, _ pattern: CompiledPattern, isWhole: Bool) -> Bool {
    guard secret.count <= InspectionLimits.longestSample else { return false }
    let least = max(pattern.secretWidth, PasswordShape.shortest)
    let beginning = isWhole ? pattern.beginnings.filter { secret.starts(with: $0) }.map(\.count).max() ?? 0 : 0
    return PasswordShape.isSample(UnsafeBufferPointer(rebasing: secret.prefix(least)), after: beginning)
  }
}
