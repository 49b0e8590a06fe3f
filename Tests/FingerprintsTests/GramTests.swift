internal import Testing

@testable internal import Fingerprints

@Suite("Fingerprints of a text")
struct GramTests {
  struct Gram: Hashable {
    let kind: GramKind
    let hash: UInt32
    /// The unit that it ends with.
    let position: Int
  }

  private static func grams(of text: [UInt8], cutAt cuts: [Int] = []) -> [GramKind: [Gram]] {
    var found: [GramKind: [Gram]] = [:]
    let (block, key) = (GramBlock(), Place.key())
    var grams = TextGrams()
    func take(_ kind: GramKind, _ block: GramBlock, _ before: Int) {
      for index in 0..<block.candidates {
        found[kind, default: []].append(
          Gram(kind: kind, hash: block.hashes[index], position: before + Int(block.last[index])))
      }
    }
    text.withUnsafeBufferPointer { bytes in
      var start = 0
      for end in cuts + [text.count] {
        grams.read(UnsafeBufferPointer(rebasing: bytes[start..<end]), key, block) { take($0, $2, $3) }
        start = end
      }
    }
    grams.finish(key, block) { take($0, $2, $3) }
    return found
  }

  @Test("they are the same in whatever pieces it comes")
  func pieces() throws {
    var random = SplitMix(state: 7)
    let hard = Array(
      "   12\tlet x = 'don\\'t' // why\n 7| a/b /* c\n-- d\n+# e\n12:34\n99".utf8 + [0x1e] + "0x1f \"\\\n\" 5".utf8)
    let real = RealSource.own.filter { $0.text.count > 2000 }.prefix(12).map(\.text)
    let texts = real + [Array(repeatElement(hard, count: 40).joined())]
    for text in texts {
      let whole = Self.grams(of: text)
      #expect(whole[.characters]?.isEmpty == false || text.contains(TextGrams.separator))
      #expect(Self.grams(of: text, cutAt: Array(1..<text.count)) == whole)
      for _ in 0..<4 {
        let cuts = (0..<20).map { _ in Int.random(in: 0...text.count, using: &random) }.sorted()
        #expect(Self.grams(of: text, cutAt: cuts) == whole)
      }
    }
  }

  @Test("of a text letters, digits and what is beyond ASCII are kept, whatever bytes stand between them")
  func characters() {
    var random = SplitMix(state: 8)
    let block = GramBlock()
    for length in 0...700 {
      let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Lines that begin with a digit may be numbered.
      let line = Array("x".utf8) + text.filter { $0 != CharacterReader.newline }
      var reader = CharacterReader()
      block.count = 0
      line.withUnsafeBufferPointer { reader.read($0, into: block) }
      let kept = line.indices.filter { CharacterReader.folded[Int(line[$0])] != 0 }
      #expect((0..<block.count).map { block.units[$0] } == kept.map { CharacterReader.folded[Int(line[$0])] })
      #expect((0..<block.count).map { Int(block.ends[$0]) } == kept.map { $0 + 1 })
    }
  }

  @Test("of as many spans in a row as a window has, one is kept, if one can be")
  func density() throws {
    for file in RealSource.own {
      for (kind, window) in [
        (GramKind.characters, FingerprintLimits.characterWindow), (.tokens, FingerprintLimits.tokenWindow),
      ] {
        let candidates = Self.grams(of: file.text)[kind] ?? []
        var selection = GramSelection(window: window)
        let block = GramBlock()
        for candidate in candidates {
          block.candidates = 1
          block.hashes[0] = candidate.hash
          block.last[0] = 0
          selection.take(block, after: candidate.position)
        }
        selection.finish()
        let kept = Set(selection.kept.map(\.hash))
        let places = candidates.filter { kept.contains($0.hash) }.map(\.position)
        for (one, next) in zip(places, places.dropFirst()) where next - one > window {
          #expect(!candidates.contains { $0.position > one && $0.position < next })
        }
        #expect(places.first == candidates.first?.position && places.last == candidates.last?.position)
      }
    }
  }

  @Test("letter case, white space, signs and the numbers of lines do not matter")
  func formatting() throws {
    let text = "func total(of prices: [Int]) -> Int { return prices.reduce(0, +) } // the sum of all of them"
    let other = "FUNC total( of prices:[Int])->Int\n{\n\treturn\n\tprices . reduce (0, +)\n}\n# The Sum Of All Of Them"
    let numbered =
      "  7\tfunc total(of prices: [Int]) -> Int {\n  8→ return prices.reduce(0, +)\n9: } // the sum of all of them"
    func hashes(_ text: String) -> [UInt32] { Self.grams(of: Array(text.utf8))[.characters]?.map(\.hash) ?? [] }
    #expect(!hashes(text).isEmpty)
    #expect(hashes(other) == hashes(text))
    #expect(hashes(numbered) != hashes(text), "an arrow's own bytes are letters of other scripts")
    #expect(hashes(numbered.replacing("→", with: "|")) == hashes(text))
  }

  @Test("names, numbers and texts are one to tokens; words of languages are not")
  func renaming() throws {
    func hashes(_ text: String) -> [UInt32] {
      Self.grams(of: Array(repeatElement(Array((text + "\n").utf8), count: 12).joined()))[.tokens]?.map(\.hash) ?? []
    }
    let text = "for item in items { if item.count > 12 { total += scale(item, by: \"kg\") } } // add"
    let renamed = "for x in y7 { if x.z > 0xff { sum += f(x, g: 'pound') } } // something else"
    #expect(!hashes(text).isEmpty)
    #expect(hashes(renamed) == hashes(text))
    #expect(hashes(text.replacing("if", with: "while")) != hashes(text))
  }

  @Test("words of languages are told by every letter of theirs, in the case that they have")
  func words() throws {
    func tokens(_ text: String) -> [UInt8] {
      let block = GramBlock()
      var reader = CodeReader()
      Array(text.utf8).withUnsafeBufferPointer { reader.read($0, into: block) }
      reader.finish(into: block)
      return (0..<block.count).map { block.units[$0] }
    }
    let name = tokens("anything")
    for word in ["Int", "Interface", "Protocol", "a3", "i3", "Implements", "instanceOf"] {
      #expect(tokens(word) == name, "\(word)")
    }
    for word in ["int", "interface", "protocol", "as", "is", "implements", "instanceof", "None"] {
      #expect(tokens(word) != name, "\(word)")
    }
  }

  @Test("that a name is one of the last four again is told, whatever the names; other names tell nothing")
  func repeated() throws {
    func hashes(_ line: String) -> [UInt32] {
      Self.grams(of: Array(repeatElement(Array((line + "\n").utf8), count: 12).joined()))[.tokens]?.map(\.hash) ?? []
    }
    let text = "if (left < right) { left = middle + (right - left) / 2; } else { total += right; }"
    let same = "if (a < b) { a = c1 + (b - a) / 2; } else { d_ += b; }"
    let other = "if (a < b) { b = c1 + (b - a) / 2; } else { d_ += b; }"
    #expect(!hashes(text).isEmpty)
    #expect(hashes(same) == hashes(text))
    #expect(hashes(other) != hashes(text))
  }

  @Test("another key makes others of the same text")
  func keys() {
    #expect(Place.key(1).characters.numbers != Place.key(2).characters.numbers)
    #expect(Place.key(1).characters.numbers != Place.key(1).tokens.numbers)
    #expect(Place.key(1).number(of: [1]) != Place.key(2).number(of: [1]))
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
