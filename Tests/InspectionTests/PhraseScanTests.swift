internal import Testing

@testable internal import Inspection

/// What reads the words of a stream finds what is found in the whole text.
@Suite struct PhraseScanTests {
  private static let words = [
    "tax", "Id", "number", "card", "NIF", "HTTPServer", "dateOfBirth", "é", "x", "a9", "straße",
  ]
  private static let gaps = ["", " ", "_", " - ", "    ", "\n", "1", ".", "\u{1e}"]

  private static func text(_ source: inout Seeded) -> [UInt8] {
    var text = ""
    for _ in 0..<Int.random(in: 1...40, using: &source) {
      text += words.randomElement(using: &source) ?? ""
      text += gaps.randomElement(using: &source) ?? ""
      if Int.random(in: 0..<30, using: &source) == 0 { text += String(repeating: "long", count: 70) }
    }
    return Array(text.utf8)
  }

  private static func wanted() -> (filter: PhraseFilter, hashes: Set<UInt64>) {
    var filter = PhraseFilter()
    var hashes: Set<UInt64> = []
    for phrase in [
      "tax id", "number", "card number", "date of birth", "nif", "http server", "tax id number card", "É", "x",
    ] {
      let (hash, last) = ContextWords.hashes(ofPhrase: phrase.lowercased())
      filter.insert(hash, ending: last)
      hashes.insert(hash)
    }
    return (filter, hashes)
  }

  private static func told(_ text: [UInt8], piece: Int, _ filter: PhraseFilter) -> [String] {
    var scan = PhraseScan()
    var found: ContiguousArray<PhraseScan.Found> = []
    text.withUnsafeBufferPointer { whole in
      var end = 0
      repeat {
        end = min(whole.count, end + piece)
        let part = UnsafeBufferPointer(rebasing: whole[..<end])
        filter.withReading { reading in
          scan.read(part, from: 0, isLast: end == whole.count, reading, into: &found)
        }
      } while end < whole.count
    }
    return found.map { "\($0.hash) \($0.end)" }
  }

  @Test("phrases are told as they are found in the whole text, in whatever pieces it comes", arguments: 0..<40)
  func phrases(seed: UInt64) {
    var source = Seeded(seed)
    let (filter, hashes) = Self.wanted()
    for _ in 0..<40 {
      let text = Self.text(&source)
      let whole = Self.told(text, piece: .max, filter)
      for piece in [1, 2, 7, 64, 65, 300] { #expect(Self.told(text, piece: piece, filter) == whole) }
      guard !String(decoding: text, as: UTF8.self).contains("longlong") else { continue }
      var found: Set<UInt64> = []
      text.withUnsafeBufferPointer { buffer in
        var words = ContextWords(buffer[...])
        while words.next({ found.insert($0) }) {}
      }
      let numbers = Set(whole.compactMap { $0.split(separator: " ").first.flatMap { UInt64($0) } })
      #expect(numbers.intersection(hashes) == found.intersection(hashes))
    }
  }

  @Test("a word's hash knows neither the case of ASCII nor what stands behind the word")
  func hashes() {
    for word in ["a", "Number", "eightlet", "NineLette", "sixteen letters!", "a word of seventeen", "straße", "ÉTAT"] {
      let bytes = Array(word.utf8)
      let behind = Array("\(word)BEHIND IT".utf8)
      let lowered = bytes.map { ContextWords.isUpper($0) ? $0 | 0x20 : $0 }
      let alone = bytes.withUnsafeBufferPointer { WordHash.of($0[...]) }
      #expect(lowered.withUnsafeBufferPointer { WordHash.of($0[...]) } == alone)
      #expect(behind.withUnsafeBufferPointer { WordHash.of($0[..<bytes.count]) } == alone)
      #expect(behind.withUnsafeBufferPointer { WordHash.of($0[..<(bytes.count + 1)]) } != alone)
    }
    let signs = (UInt8.min...UInt8.max).map { byte in [byte].withUnsafeBufferPointer { WordHash.of($0[...]) } }
    #expect(Set(signs).count == 256 - 26)
  }
}
