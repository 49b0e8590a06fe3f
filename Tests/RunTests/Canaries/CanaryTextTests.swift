internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Run

@Suite("The text of a canary")
struct CanaryTextTests {
  @Test("each kind has its tokens in its text, whole lines, and no two are alike", arguments: CanaryKind.allCases)
  func tokens(_ kind: CanaryKind) {
    var random = SeededGenerator(seed: 7)
    let texts = (0..<50).map { _ in CanaryText.make(kind, &random) }
    for made in texts {
      #expect(made.text.hasSuffix("\n"))
      #expect(!made.tokens.isEmpty)
      for token in made.tokens {
        #expect(made.text.contains(token))
        #expect((20...512).contains(token.utf8.count))
      }
    }
    #expect(Set(texts.flatMap(\.tokens)).count == texts.reduce(0) { $0 + $1.tokens.count })
  }

  @Test("a key of GitHub's or npm's carries its checksum")
  func checksum() throws {
    var random = SeededGenerator(seed: 8)
    for (kind, prefix) in [(CanaryKind.github, "ghp_"), (.npm, "npm_")] {
      let token = try #require(CanaryText.make(kind, &random).tokens.first)
      let body = token.dropFirst(prefix.count)
      #expect(token.hasPrefix(prefix) && body.count == 36)
      #expect(Self.number(body.suffix(6)) == Self.cyclicCheck(body.dropLast(6)))
    }
  }

  /// CRC-32 of ISO 3309, bit by bit.
  private static func cyclicCheck(_ text: Substring) -> UInt32 {
    var value: UInt32 = .max
    for byte in text.utf8 {
      for bit in 0..<8 {
        let isOdd = (value ^ UInt32(byte >> UInt8(bit))) & 1 == 1
        value = value >> 1 ^ (isOdd ? 0xedb8_8320 : 0)
      }
    }
    return ~value
  }

  private static func number(_ digits: Substring) -> UInt32? {
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    var number: UInt64 = 0
    for digit in digits { number = number * 62 + UInt64(alphabet.firstIndex(of: digit) ?? 62) }
    return UInt32(exactly: number)
  }

  @Test("a customer lives at a domain that is nobody's")
  func customer() throws {
    var random = SeededGenerator(seed: 9)
    let address = try #require(CanaryText.make(.customer, &random).tokens.first)
    #expect(["@example.com", "@example.net", "@example.org"].contains { address.hasSuffix($0) })
    #expect(address == address.lowercased())
  }
}
