internal import Testing

@testable internal import Probing

@Suite struct TLSDirectionTests {
  @Test("keys are derived as TLS 1.2 derives them")
  func derive() {
    // The vector that implementers of RFC 5246 §5 exchange, on the working group's list.
    let secret: [UInt8] = [
      0x9b, 0xbe, 0x43, 0x6b, 0xa9, 0x40, 0xf0, 0x17, 0xb1, 0x76, 0x52, 0x84, 0x9a, 0x71, 0xdb, 0x35,
    ]
    let seed: [UInt8] = [
      0xa0, 0xba, 0x9f, 0x93, 0x6c, 0xda, 0x31, 0x18, 0x27, 0xa6, 0xf7, 0x96, 0xff, 0xd5, 0x19, 0x8c,
    ]
    let derived = TLSDirection.derive(secret, "test label", seed, 100)
    #expect(derived.count == 100)
    #expect(Disguise.hexadecimal(derived).starts(with: Array("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495".utf8)))
  }

  @Test("what one end seals the other opens, record by record, and nothing else")
  func sealed() throws {
    let (key, nonce) = ([UInt8](repeating: 7, count: 32), [UInt8](repeating: 9, count: 12))
    var (one, other) = (TLSDirection(), TLSDirection())
    #expect(one.seal(22, [1, 2]) == [1, 2])
    one.begin(key: key, nonce: nonce)
    other.begin(key: key, nonce: nonce)
    let (sealed, again) = (one.seal(23, Array("first".utf8)), one.seal(23, Array("first".utf8)))
    let (first, second) = (try #require(sealed), try #require(again))
    #expect(first != second)
    #expect(other.open(23, first) == Array("first".utf8))
    #expect(other.open(22, second) == nil)
    #expect(other.open(23, [1]) == nil)
  }
}
