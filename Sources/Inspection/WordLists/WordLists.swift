internal import Evidence

/// The phrases that detectors look for as they are: project names, customers, plans.
///
/// All are looked for at once: each word of a text is hashed as it is read, and the hash of it with the words before it
/// is looked up. Nothing is compiled, and ten thousand phrases cost what one does.
struct WordLists: Sendable {
  /// By the hash of its words, the rules that have a phrase.
  private var phrases: [UInt64: [Int]] = [:]
  private var filter = PhraseFilter()
  /// The rules that look for words, and their numbers among all.
  private(set) var rules: [(rule: DetectorRule, order: Int)] = []
  /// Words of the longest phrase.
  private(set) var longestPhrase = 0

  var isEmpty: Bool { rules.isEmpty }

  init(of all: [DetectorRule]) throws(DetectorError) {
    var count = 0
    for (order, rule) in all.enumerated() where !rule.words.isEmpty {
      count += rule.words.count
      guard count <= InspectionLimits.maximumPhrases else {
        throw DetectorError(
          code: .pattern, place: "\(rule.file):\(rule.line)",
          sentence: "\(rule.id): all detectors together have more than \(InspectionLimits.maximumPhrases) phrases",
          remedy: "take some out")
      }
      for phrase in rule.words { try add(phrase, of: rule, numbered: rules.count) }
      rules.append((rule, order))
    }
  }

  private mutating func add(_ phrase: String, of rule: DetectorRule, numbered number: Int) throws(DetectorError) {
    for (form, split) in Self.forms(of: phrase).flatMap({ [($0, false), ($0, true)] }) {
      let words = WordListScan.words(of: form, split: split)
      guard (1...InspectionLimits.longestPhrase).contains(words.count), let last = words.last else {
        throw DetectorError(
          code: .pattern, place: "\(rule.file):\(rule.line)",
          sentence: "\(rule.id): a phrase has no words, or more than \(InspectionLimits.longestPhrase)",
          remedy: "give its first words")
      }
      longestPhrase = max(longestPhrase, words.count)
      insert(words.dropLast().reversed().reduce(last) { ContextWords.phrase($0, $1) }, ending: last, number)
      // Written together, as in the name of a variable or of a host.
      let joined = WordListScan.joined(form)
      insert(joined, ending: joined, number)
    }
  }

  private mutating func insert(_ hash: UInt64, ending last: UInt64, _ number: Int) {
    filter.insert(hash, ending: last)
    if phrases[hash]?.contains(number) != true { phrases[hash, default: []].append(number) }
  }

  /// Beyond ASCII, letters have no case here: a phrase is known as it is written, in small letters, in capitals, and
  /// with capitals at the beginning of its words.
  private static func forms(of phrase: String) -> Set<String> {
    if phrase.utf8.allSatisfy({ $0 < 0x80 }) { return [phrase] }
    let lowered = phrase.lowercased()
    let titled = lowered.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return [phrase, lowered, phrase.uppercased(), titled.joined(separator: " ")]
  }

  /// Numbers of the rules that have the phrase of this hash.
  func rules(of hash: UInt64) -> [Int]? { filter.mayContain(hash) ? phrases[hash] : nil }

  /// Whether a phrase of several words may end with the word of this hash.
  func mayEndPhrase(_ word: UInt64) -> Bool { filter.withReading { $0.mayEnd(word) } }

  /// - Parameter all: among which its own are.
  /// - Throws: ``DamagedArchive``.
  init(from archive: inout ArchiveReader, of all: [DetectorRule]) throws(DamagedArchive) {
    phrases = try archive.numbersByHash()
    filter = try archive.value()
    for order in try archive.elements(of: Int.self) {
      guard all.indices.contains(order) else { throw DamagedArchive() }
      rules.append((all[order], order))
    }
    longestPhrase = try archive.read()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(numbersByHash: phrases)
    archive.write(filter)
    archive.write(elements: rules.map(\.order))
    archive.write(longestPhrase)
  }
}
