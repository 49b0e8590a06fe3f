internal import Documents
internal import Testing

@Suite struct NearestWordTests {
  @Test("the nearest word is the one with the fewest edits, or none")
  func nearest() {
    let words = ["model", "telemetry", "flags", "update"]
    #expect(NearestWord.to("telemetri", among: words) == "telemetry")
    #expect(NearestWord.to("Flag", among: words) == "flags")
    #expect(NearestWord.to("modle", among: words) == "model")
    #expect(NearestWord.to("upd", among: words) == nil)
    #expect(NearestWord.to("something", among: words) == nil)
    #expect(NearestWord.to("", among: words) == nil)
    #expect(NearestWord.to("x", among: []) == nil)
  }

  @Test("what was meant may be the beginning of a word of several parts")
  func beginning() {
    #expect(NearestWord.to("cluade", among: ["aider", "claude-code", "codex"]) == "claude-code")
    #expect(NearestWord.to("cloude", among: ["aider", "claude-code", "codex"]) == "claude-code")
    #expect(NearestWord.to("codes", among: ["claude-code", "codex"]) == "codex")
    #expect(NearestWord.to("xyz", among: ["xya-b"]) == nil)
  }

  @Test("a very long word costs no more than a short one")
  func long() {
    #expect(NearestWord.to(String(repeating: "é", count: 1_000_000), among: ["model"]) == nil)
  }
}
