internal import Decoding
internal import Testing

@Suite("Many escapes at once")
struct EscapeBatchTests {
  @Test(
    "escapes that stand for nothing, in more places than a batch has bytes, leave the text around them in its place")
  func escapesThatStandForNothing() throws {
    // Each broken line is three bytes in JSON, two in its text, and none in what that stands for.
    let breaks = String(repeating: "=\\n", count: 30_000)
    let body = Array("{\"a\":\"first \(breaks)last\"}".utf8)
    let (collector, issues) = decode(body)
    let start = "{\"a\":\"first ".utf8.count + breaks.utf8.count
    #expect(collector.span(of: "last", under: ["json", "quoted-printable"]) == start..<start + 4)
    #expect(issues.isEmpty)
  }
}
