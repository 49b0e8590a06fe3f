import Foundation
import Testing

@testable import Ledger

@Suite struct Base64Tests {
  @Test(
    "RFC 4648's own examples",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func examples(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
  }

  @Test("any bytes are encoded as Foundation does and come back")
  func roundTrips() {
    var random = SeededGenerator(seed: 3)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }

  @Test(
    "what is not canonical is refused",
    arguments: [
      "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zm-v", "Zm_v", "Zm9v\n", " Zm9v", "Zm9v====", "====", "=Zm8",
      "Zg==Zg==", "Zmé=",
    ])
  func refused(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("no single changed character decodes to the same bytes")
  func unique() {
    let encoded = Array("Zm9vYg==".utf8)
    for position in encoded.indices {
      for character in UInt8(0x20)...0x7e where character != encoded[position] {
        var changed = encoded
        changed[position] = character
        #expect(Base64.decode(String(decoding: changed, as: UTF8.self)) != Array("foob".utf8))
      }
    }
  }
}
