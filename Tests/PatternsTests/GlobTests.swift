internal import Patterns
internal import Testing

@Suite struct GlobTests {
  private func matches(_ pattern: String, _ text: String) -> Bool? {
    Glob(Array(pattern.utf8), separator: UInt8(ascii: "/"))?.matches(Array(text.utf8))
  }

  @Test("one star stays within a segment, two cross them")
  func stars() {
    let yes = [
      ("", ""), ("/a", "/a"), ("/*", "/a"), ("/*", "/"), ("/a*c", "/abc"), ("/**", "/a/b"), ("/*/b", "/a/b"),
      ("**/x", "/a/b/x"), ("/a/**/z", "/a/b/c/z"), ("/**/a*b*c", "/q/axxbyyc"), ("/a*", "/a"), ("***", "/a/b"),
      ("/*/*/*", "/1/2/3"), ("/**x**y", "/x/y"), ("/v*/p/**:do", "/v1/p/a/b:do"),
    ]
    let no = [
      ("", "a"), ("/a", "/ab"), ("/*", "/a/b"), ("/*/b", "/a/a/b"), ("/a*c", "/ab/c"), ("**/x", "/a/xx"), ("/a", ""),
      ("/ab*ba", "/aba"), ("/*/*/*", "/1/2"),
    ]
    for (pattern, text) in yes { #expect(matches(pattern, text) == true, "\(pattern) \(text)") }
    for (pattern, text) in no { #expect(matches(pattern, text) == false, "\(pattern) \(text)") }
  }

  @Test("a pattern that is too long or too wild is refused, not shortened")
  func tooLong() {
    #expect(matches("*" + String(repeating: "a", count: 100) + "*", "a") == nil)
    #expect(matches(String(repeating: "a", count: 600), "a") == nil)
    #expect(matches(String(repeating: "a", count: 500), "a") == false)
    #expect(matches("*" + String(repeating: "a", count: 60) + "*", String(repeating: "a", count: 60)) == true)
  }

  /// The definition, slow and plain.
  private func reference(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    guard first == UInt8(ascii: "*") else {
      return text.first == first && reference(pattern.dropFirst(), text.dropFirst())
    }
    let isDouble = pattern.dropFirst().first == UInt8(ascii: "*")
    let rest = isDouble ? pattern.dropFirst(2) : pattern.dropFirst()
    if reference(rest, text) { return true }
    guard let byte = text.first, isDouble || byte != UInt8(ascii: "/") else { return false }
    return reference(pattern, text.dropFirst())
  }

  @Test("it agrees with the plain definition on random patterns and texts")
  func agrees() {
    var state: UInt64 = 3
    func random(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<4000 {
      let pattern = (0..<random(8)).map { _ in Array("ab/**".utf8)[random(5)] }
      let text = (0..<random(9)).map { _ in Array("ab/".utf8)[random(3)] }
      let glob = Glob(pattern, separator: UInt8(ascii: "/"))
      #expect(glob?.matches(text) == reference(pattern[...], text[...]))
    }
  }

  @Test("a hostile text costs linear time")
  func hostile() {
    let text = "/" + String(repeating: "a", count: 200_000)
    let duration = ContinuousClock().measure { #expect(matches("/**a*a*a*a*b", text) == false) }
    #expect(duration < .seconds(5))
  }
}
