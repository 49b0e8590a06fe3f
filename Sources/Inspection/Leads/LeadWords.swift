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

  /// - Parameter texts: of words that are none among the words of a text, in a fixed order.
  init(of patterns: [CompiledPattern], _ vocabulary: ContextVocabulary, texts: inout [Text]) {
    var byNumber: [[Int]] = Array(repeating: [], count: vocabulary.count)
    var byText: [LeadText: [Int]] = [:]
    var led: Set<Int> = []
    for (index, pattern) in patterns.enumerated() where pattern.isLed {
      led.insert(index)
      for owner in pattern.owners {
        guard let context = owner.context, context.without == nil else {
          for text in Set(owner.keywords.map { LeadText(keyword: $0) }) where byText[text]?.last != index {
            byText[text, default: []].append(index)
          }
          continue
        }
        for number in context.words {
          if let piece = vocabulary.piece(number) {
            let text = LeadText(piece: piece)
            if byText[text]?.last != index { byText[text, default: []].append(index) }
          } else if byNumber[number].last != index {
            byNumber[number].append(index)
          }
        }
      }
    }
    words = byNumber.map { indices in
      indices.isEmpty
        ? nil : LeadWord(reach: ContextVocabulary.bytesBefore, leadingTo: indices, among: patterns)
    }
    phrases = vocabulary.phrases { !byNumber[$0].isEmpty }
    texts = byText.map { text, indices in
      (text.hyperscanText, LeadWord(reach: text.reach, leadingTo: indices, among: patterns))
    }.sorted { ($0.hyperscanText, $0.word.reach) < ($1.hyperscanText, $1.word.reach) }
    self.led = led
    var ordinals = [Int](repeating: 0, count: patterns.count)
    for (ordinal, index) in led.sorted().enumerated() { ordinals[index] = ordinal }
    self.ordinals = ordinals
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
