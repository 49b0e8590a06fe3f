internal import Evidence

/// All words that detectors want near their matches, looked for at once.
struct ContextVocabulary: Sendable {
  /// By hash, the phrases that are written so.
  private var phrases: [UInt64: [Int]] = [:]
  /// By phrase, its last word.
  private var lastWords: [UInt64: UInt64] = [:]
  /// Of scripts without spaces: found anywhere.
  private var pieces: [Int: [UInt8]] = [:]
  private var numbers: [String: Int] = [:]
  private var abbreviations: [Int: Abbreviation] = [:]
  private var filter = PhraseFilter()

  /// Bytes around a match in which words count.
  static let bytesBefore = 160
  static let bytesAfter = 48

  init() {}

  /// The numbers of a detector's words, new ones added.
  mutating func add(_ context: DetectorContext) -> Set<Int> {
    Set(context.words.map { number(of: $0) })
  }

  private mutating func number(of word: String) -> Int {
    let lowered = word.lowercased()
    if let number = numbers[lowered] { return number }
    let number = numbers.count
    numbers[lowered] = number
    abbreviations[number] = Abbreviation(lowered)
    if Self.isPiece(lowered) {
      pieces[number] = Array(lowered.utf8)
    } else {
      for form in Self.forms(of: lowered) {
        let (phrase, lastWord) = ContextWords.hashes(ofPhrase: form)
        phrases[phrase, default: []].append(number)
        lastWords[phrase] = lastWord
        filter.insert(phrase, ending: lastWord)
      }
    }
    return number
  }

  /// Words so far.
  var count: Int { numbers.count }

  /// A word of a script without spaces.
  func piece(_ number: Int) -> [UInt8]? { pieces[number] }

  /// The numbers of the phrases that have this hash; `nil` for none.
  func numbers(of hash: UInt64) -> [Int]? { filter.mayContain(hash) ? phrases[hash] : nil }

  /// The phrases of the words of some numbers.
  func phrases(where isWanted: (Int) -> Bool) -> LeadPhrases {
    let numbers = phrases.mapValues { $0.filter(isWanted) }.filter { !$0.value.isEmpty }
    var filter = PhraseFilter()
    for phrase in numbers.keys { filter.insert(phrase, ending: lastWords[phrase] ?? phrase) }
    return LeadPhrases(numbers: numbers, filter: filter)
  }

  /// Beyond ASCII, letters have no case here: the word is known as it is written in a text, a title and a heading.
  private static func forms(of word: String) -> Set<String> {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return [word] }
    let titled = word.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    return [word, titled, word.uppercased(), word.prefix(1).uppercased() + word.dropFirst()]
  }

  /// From U+0800 on, UTF-8 takes three bytes: the scripts of South and East Asia begin there.
  private static func isPiece(_ word: String) -> Bool { word.utf8.contains { $0 >= 0xe0 } }

  /// - Returns: the numbers of the words in a part of a text.
  func words(in text: Slice<UnsafeBufferPointer<UInt8>>) -> Set<Int> {
    var found: Set<Int> = []
    var words = ContextWords(text)
    while words.next({ hash in if let numbers = numbers(of: hash) { found.formUnion(numbers) } }) {}
    if !pieces.isEmpty, text.contains(where: { $0 >= 0xe0 }) {
      for (number, piece) in pieces where Self.contains(text, piece) { found.insert(number) }
    }
    return found.filter { abbreviations[$0]?.stands(in: text) ?? true }
  }

  private static func contains(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ piece: [UInt8]) -> Bool {
    guard let first = piece.first, text.count >= piece.count else { return false }
    return (text.startIndex...(text.endIndex - piece.count)).contains {
      text[$0] == first && text[$0..<$0 + piece.count].elementsEqual(piece)
    }
  }
}

extension ContextVocabulary: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    phrases = try archive.numbersByHash()
    lastWords = try archive.dictionary { archive throws(DamagedArchive) in (try archive.read(), try archive.read()) }
    pieces = try archive.dictionary { archive throws(DamagedArchive) in (try archive.read(), try archive.elements()) }
    numbers = try archive.dictionary { archive throws(DamagedArchive) in (try archive.text(), try archive.read()) }
    abbreviations = numbers.reduce(into: [:]) { $0[$1.value] = Abbreviation($1.key) }
    filter = try archive.value()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(numbersByHash: phrases)
    archive.write(lastWords) { archive, word in
      archive.write(word.key)
      archive.write(word.value)
    }
    archive.write(pieces) { archive, piece in
      archive.write(piece.key)
      archive.write(elements: piece.value)
    }
    archive.write(numbers) { archive, word in
      archive.write(word.key)
      archive.write(word.value)
    }
    archive.write(filter)
  }
}
