internal import Evidence
internal import Testing

@testable import FileInspection

@Suite("Lines and columns of offsets")
struct TextPlacesTests {
  private func places(_ text: [UInt8], _ offsets: [Int], cut: Int) -> [Int: TextPlace] {
    var places = TextPlaces(of: offsets)
    for start in stride(from: 0, to: text.count, by: cut) {
      Array(text[start..<min(text.count, start + cut)]).withUnsafeBytes { places.receive($0) }
    }
    places.finish()
    return places.places
  }

  @Test("lines and columns count from 1, and columns are characters, not bytes")
  func characters() {
    let text = Array("a\né€x\n\nz".utf8)
    let found = places(text, [0, 2, 4, 7, 9, 10, 11], cut: 100)
    #expect(found[0] == TextPlace(line: 1, column: 1))
    #expect(found[2] == TextPlace(line: 2, column: 1))
    #expect(found[4] == TextPlace(line: 2, column: 2))
    #expect(found[7] == TextPlace(line: 2, column: 3))
    #expect(found[9] == TextPlace(line: 3, column: 1))
    #expect(found[10] == TextPlace(line: 4, column: 1))
    #expect(found[11] == TextPlace(line: 4, column: 2))
  }

  @Test("they are the same however the text is cut", arguments: [1, 2, 3, 7, 64])
  func cuts(_ cut: Int) {
    let text = Array(String(repeating: "one é\r\ntwo\n\nthree €€ four", count: 20).utf8)
    let offsets = Array(0...text.count)
    #expect(places(text, offsets, cut: cut) == places(text, offsets, cut: text.count))
  }

  @Test("an offset behind the end has no place")
  func behind() {
    #expect(places(Array("ab".utf8), [2, 3], cut: 10) == [2: TextPlace(line: 1, column: 3)])
  }
}
