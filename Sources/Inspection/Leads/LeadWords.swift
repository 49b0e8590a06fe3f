internal import Evidence

/// Which words lead to which patterns: to those that have no anchor worth its name, and whose every detector asks for a
/// word near.
struct LeadWords: Sendable {
  /// By their numbers in the vocabulary, as far as they are words among the words of a text.
  let words: [LeadWord?]
  /// How those are written.
  let phrases: LeadPhrases
  /// Indices of the patterns that are led to.
  let led: Set<Int>
  /// By pattern, which of those it is.
  let ordinals: [Int]

  /// What the streaming matcher looks for, as Hyperscan reads it.
  typealias Text = (hyperscanText: String, word: LeadWord)

  /// - Returns: those that lead to patterns, and beside them the ones that are none among the words of a text, in a fixed
  ///   order.
  static func leading(
    to patterns: [CompiledPattern], _ vocabulary: ContextVocabulary
  ) -> (words: LeadWords, texts: [Text]) {
    let found = Leading(to: patterns, vocabulary)
    let words = found.byNumber.map { indices in
      indices.isEmpty
        ? nil : LeadWord(reach: ContextVocabulary.bytesBefore, leadingTo: indices, among: patterns)
    }
    let texts = found.byText.map { text, indices in
      (hyperscanText: text.hyperscanText, word: LeadWord(reach: text.reach, leadingTo: indices, among: patterns))
    }
    var ordinals = [Int](repeating: 0, count: patterns.count)
    for (ordinal, index) in found.led.sorted().enumerated() { ordinals[index] = ordinal }
    let phrases = vocabulary.phrases { !found.byNumber[$0].isEmpty }
    return (
      LeadWords(words: words, phrases: phrases, led: found.led, ordinals: ordinals),
      texts.sorted { ($0.hyperscanText, $0.word.reach) < ($1.hyperscanText, $1.word.reach) }
    )
  }

  /// Indices of patterns, by what leads to them.
  private struct Leading {
    private(set) var byNumber: [[Int]]
    private(set) var byText: [LeadText: [Int]] = [:]
    private(set) var led: Set<Int> = []

    init(to patterns: [CompiledPattern], _ vocabulary: ContextVocabulary) {
      byNumber = Array(repeating: [], count: vocabulary.count)
      for (index, pattern) in patterns.enumerated() where pattern.isLed {
        led.insert(index)
        for owner in pattern.owners {
          if let context = owner.context, context.without == nil {
            for number in context.words { add(index, number, vocabulary) }
          } else {
            for keyword in owner.keywords { add(index, LeadText(keyword: keyword)) }
          }
        }
      }
    }

    private mutating func add(_ index: Int, _ number: Int, _ vocabulary: ContextVocabulary) {
      if let piece = vocabulary.piece(number) {
        add(index, LeadText(piece: piece))
      } else if byNumber[number].last != index {
        byNumber[number].append(index)
      }
    }

    private mutating func add(_ index: Int, _ text: LeadText) {
      if byText[text]?.last != index { byText[text, default: []].append(index) }
    }
  }

  /// Whether words lead to a pattern.
  ///
  /// - Parameters:
  ///   - longest: bytes that a match has at most.
  ///   - letters: certain ones in a row that each of its anchors has.
  static func lead(to owners: [PatternOwner], longest: Int, letters: Int) -> Bool {
    guard longest <= LeadWord.longestMatch, letters < PatternAnchor.enoughLetters else { return false }
    return owners.allSatisfy { owner in
      if let context = owner.rule.context, context.without == nil {
        return context.words.allSatisfy { $0.utf8.count <= LeadWord.longest }
      }
      return !owner.keywords.isEmpty && owner.keywords.allSatisfy { $0.count <= LeadWord.longest }
    }
  }
}

extension LeadWords: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    words = try archive.list { archive throws(DamagedArchive) in try archive.optional() }
    phrases = try archive.value()
    led = Set(try archive.elements())
    ordinals = try archive.elements()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(words) { $0.write($1) }
    archive.write(phrases)
    archive.write(elements: Array(led))
    archive.write(elements: ordinals)
  }
}
