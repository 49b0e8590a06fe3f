internal import Evidence
internal import Testing

@testable internal import Enforcement

@Suite("Salts of commitments")
struct SaltDerivationTests {
  /// `hmac.new(key, b"sallyport/salt/v1\n7\nbody-sha256", "sha256")` of Python, for keys of any length.
  @Test(
    "a salt is HMAC-SHA-256 of the exchange's number and the field's name under the run's key",
    arguments: [
      ([], "94ac33c6baa48eab57dd4b681ef12421847f9fccfc888fb79272e6511eb6a0c3"),
      (Array("a key".utf8), "ff7e6571d76297f7df3d0150c3ca7f28ca7ad57a396e9e68f75d1d6a1fc16ffa"),
      (Array(0..<64), "be3fb9043009031c996d653ccbae12545049f0199f45018540facfa28cfaa05b"),
      ([UInt8](repeating: 0x6b, count: 131), "cb5a8e9a4f65f870ef5baf2128af7acd228cd98addf138e951d977f5cd157a62"),
    ] as [([UInt8], String)])
  func derived(key: [UInt8], code: String) {
    let derivation = SaltDerivation(key: Secret(key))
    for _ in 0..<2 {
      let salt = derivation.salt("body-sha256", ofExchange: 7).withValue { $0 }
      #expect(salt.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == code)
    }
  }
}
