import Evidence
import Testing

@testable import Ledger

@Suite struct CommitmentTests {
  @Test("a commitment is the hash of prefix, salt and content")
  func form() {
    var hasher = CommitmentHasher(salt: [UInt8](repeating: 0, count: 32))
    hasher.update(Array("hello".utf8))
    let (commitment, _) = hasher.finish()
    // printf 'sallyport/commit/v1\n' ; 32 zero bytes ; printf hello | sha256sum
    #expect(Hexadecimal.encode(commitment.hash.bytes) == Self.expected)
    #expect(Commitment(text: commitment.text) == commitment)
    #expect(Commitment(text: commitment.text + "=") == nil)
  }

  private static let expected = "8eeb0a22c65cebaabe0475bef8af1f49ce533d466ede37c2d79a9dd95af07f26"

  @Test("salt and content open a commitment; any other salt or content does not")
  func opens() {
    let (commitment, salt) = Commitment.make(Array("a prompt".utf8))
    let (again, otherSalt) = Commitment.make(Array("a prompt".utf8))
    #expect(commitment != again, "the salt is random")
    #expect(commitment.opens(Array("a prompt".utf8), salt: salt))
    #expect(!commitment.opens(Array("a Prompt".utf8), salt: salt))
    #expect(!commitment.opens(Array("a prompt".utf8), salt: otherSalt))
    // A longer salt and a shorter content would hash the same bytes.
    let moved = salt.withValue { Secret($0 + [UInt8(ascii: "a")]) }
    #expect(!commitment.opens(Array(" prompt".utf8), salt: moved))
  }

  @Test("content that comes in pieces has the commitment of the whole, at every boundary")
  func pieces() {
    let content = Array("a prompt of some length".utf8)
    let salt = [UInt8](1...32)
    var whole = CommitmentHasher(salt: salt)
    whole.update(content)
    let expected = whole.finish().commitment
    for middle in content.indices {
      var hasher = CommitmentHasher(salt: salt)
      hasher.update(content[..<middle])
      hasher.update(content[middle...].lazy.map { $0 })
      #expect(hasher.finish().commitment == expected)
    }
  }

  @Test("a salt does not print itself")
  func redacted() {
    #expect("\(Commitment.make([1]).salt)" == "<redacted>")
  }
}
