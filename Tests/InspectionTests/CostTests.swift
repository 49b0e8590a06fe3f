internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

#if canImport(Glibc)
  internal import Glibc
#endif

/// Prints what inspection costs; asserts nothing about time. Run with `SALLYPORT_MEASURE=1` in a release build.
@Suite(.serialized, .enabled(if: getenv("SALLYPORT_MEASURE") != nil)) struct CostTests {
  /// Thread CPU time in microseconds of one call: the lower quartile of many.
  private func cost(_ body: () throws -> Void) rethrows -> Double {
    var samples: [Double] = []
    for _ in 0..<400 {
      var before = timespec()
      var after = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
      try body()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
      samples.append(Double(after.tv_sec - before.tv_sec) * 1e6 + Double(after.tv_nsec - before.tv_nsec) / 1e3)
    }
    return samples.sorted()[samples.count / 4]
  }

  /// A conversation of an agent: a system prompt, source code in tool results, JSON arguments in JSON strings.
  static func conversation(_ count: Int) -> [UInt8] {
    let code = #"""
      /// Reads one line, and says where it ends.
      func readLine(_ text: String, from index: Int) throws -> (line: Substring, next: Int) {
        guard index < text.utf8.count else { throw ParseError.end(at: index, token: "line") }
        let path = "/usr/local/share/applications/\(name).desktop" // see https://specifications.example/entry?v=1%2E5
        return (text[start..<end], text.utf8.distance(from: text.startIndex, to: end) + 1)
      }

      """#
    var source = Seeded(3)
    var body = Array(#"{"model":"a-model-4","max_tokens":32000,"stream":true,"system":[{"type":"text","text":"#.utf8)
    body += Encode.json(Array(String(repeating: "You are a careful agent that edits files in a workspace. ", count: 40).utf8))
    body += Array("}],\"messages\":[".utf8)
    while body.count < count - 900 {
      let id = (0..<24).map { _ in String(UInt8.random(in: 0...35, using: &source), radix: 36) }.joined()
      body += Array("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_\(id)\",\"input\":".utf8)
      body += Encode.json(Array("{\"path\":\"src/parse_\(id.prefix(4)).swift\",\"old\":\"a\\nb\"}".utf8))
      body += Array("}]},{\"role\":\"user\",\"content\":".utf8) + Encode.json(Array(code.utf8)) + Array("},".utf8)
    }
    return body + Array("{}]}".utf8)
  }

  @Test("what a message costs")
  func message() throws {
    let detectors = try Detectors.set()
    let json = ContentDescription(contentType: "application/json")
    let text = Self.conversation(60_000)
    let image = Encode.json(Encode.base64((0..<45_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }))
    let gzipped = try Encode.compressed(text, .gzip)
    let plain = text.filter { $0 != UInt8(ascii: "\\") }
    let cases: [(String, [UInt8], ContentDescription)] = [
      ("60 KB conversation", text, json), ("60 KB conversation, gzip", gzipped, ContentDescription(contentCodings: ["gzip"])),
      ("60 KB without escapes", plain, json), ("60 KB picture in base64", image, json),
      ("200 KB conversation", Self.conversation(200_000), json), ("1 MB conversation", Self.conversation(1_000_000), json),
      ("2 KB conversation", Self.conversation(2_000), json), ("40 bytes", Array(text.prefix(40)), json),
    ]
    for (name, body, content) in cases {
      let inspected = try inspect(body, content, detectors: detectors)
      let time = try cost { _ = try inspect(body, content, detectors: detectors) }
      print("\(name): \(body.count) bytes, \(time) µs, \(inspected.findings.map { "\($0.detector) \($0.layers)" })")
    }
    let header = cost { _ = detectors.inspect("application/json; charset=utf-8", place: .header("content-type")) }
    print("a header value: \(header) µs")
  }
}
