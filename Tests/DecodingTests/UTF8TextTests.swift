internal import Testing

@testable internal import Decoding

@Suite("Text in UTF-8")
struct UTF8TextTests {
  private func firstForeignByte(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { UTF8Text.firstForeignByte(in: $0, 0..<bytes.count) }
  }

  @Test("text that compresses to itself is not read as brotli again and again, and nothing is said to be too deep")
  func letters() {
    let text = "  #  self.wordchars += ('ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ'\n  self.escape = '\\\\'\n"
    let (collector, issues) = decode(Array(text.utf8))
    #expect(issues.isEmpty)
    #expect(!collector.readings.values.contains { $0.layers.contains("br") })
  }

  @Test("bytes that only begin like a variation selector are none, and end nothing")
  func broken() {
    for third in UInt8(0x80)...0xbf {
      for fourth in UInt8.min...0xff {
        let one: [UInt8] = [0xf3, 0xa0, third, fourth]
        for body in [one, one + one, [0xef, 0xb8, 0x81] + one, one + [0xf3, 0xa0, 0x84, 0x80]] {
          let (collector, _) = decode(body)
          #expect(!collector.readings.isEmpty)
        }
      }
    }
  }

  @Test("every character but the controls is text, whole and cut at the end")
  func characters() {
    for scalar in (UInt32(0x80)...0x10ffff).lazy.compactMap(Unicode.Scalar.init) {
      let bytes = Array(String(scalar).utf8)
      let isControl = scalar.value < 0xa0
      #expect(firstForeignByte(bytes) == (isControl ? 0 : nil), "\(scalar.value)")
      if !isControl, firstForeignByte([0x41] + bytes.dropLast()) != nil {
        Issue.record("cut: \(scalar.value)")
      }
    }
  }

  @Test("what is no UTF-8, or no text, is named where it begins")
  func foreign() {
    let edges: [UInt8] = [0x20, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]
    for lead in UInt8(0x80)...0xff {
      for tail in edges.flatMap({ second in edges.flatMap { third in edges.map { [second, third, $0] } } }) {
        let bytes = [lead] + tail
        let whole = String(validating: bytes + Array("   ".utf8), as: UTF8.self)
        let isText = whole.map { !$0.unicodeScalars.contains { (0x80..<0xa0).contains($0.value) } } ?? false
        #expect((firstForeignByte(bytes + Array("   ".utf8)) == nil) == isText, "\(bytes)")
      }
    }
  }
}
