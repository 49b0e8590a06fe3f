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

  private static let code = #"""
    /// Reads one line, and says where it ends.
    func readLine(_ text: String, from index: Int) throws -> (line: Substring, next: Int) {
      guard index < text.utf8.count else { throw ParseError.end(at: index, token: "line") }
      let path = "/usr/local/share/applications/\(name).desktop" // see https://specifications.example/entry?v=1LINK
      return (text[start..<end], text.utf8.distance(from: text.startIndex, to: end) + 1)
    }

    """#

  /// A conversation of an agent: a system prompt, source code in tool results, calls of tools.
  ///
  /// - Parameter isDense: every turn has JSON in a JSON string and a percent sign, so that four readings of the whole
  ///   are looked at; otherwise every tenth has.
  static func conversation(_ count: Int, isDense: Bool = false) -> [UInt8] {
    var source = Seeded(3)
    var body = Array(#"{"model":"a-model-4","max_tokens":32000,"stream":true,"system":[{"type":"text","text":"#.utf8)
    let prompt = String(repeating: "You are a careful agent that edits files in a workspace. ", count: count / 1500)
    body += Encode.json(Array(prompt.utf8), escapesSlash: false) + Array("}],\"messages\":[".utf8)
    var turn = 0
    while body.count < count - 900 {
      let isRich = isDense || turn % 10 == 0
      turn += 1
      let id = String((0..<24).map { _ in "abcdefghijklmnopqrstuvwxyz012345".randomElement(using: &source) ?? "a" })
      body += Array(
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_\(id)\",\"input\":".utf8)
      let input = Array("{\"path\":\"src/parse_\(id.prefix(4)).swift\",\"old\":\"a\(isRich ? "\\n" : " ")b\"}".utf8)
      body += isRich ? Encode.json(input, escapesSlash: false) : input
      let text = code.replacing("LINK", with: isRich ? "%2E5" : "5")
      body += Array("}]},{\"role\":\"user\",\"content\":".utf8)
      body += Encode.json(Array(text.utf8), escapesSlash: false) + Array("},".utf8)
    }
    return body + Array("{}]}".utf8)
  }

  @Test("what a message costs")
  func message() throws {
    let detectors = try Detectors.set()
    let json = ContentDescription(contentType: "application/json")
    let text = Self.conversation(60_000)
    let dense = Self.conversation(60_000, isDense: true)
    let image = Encode.json(
      Encode.base64((0..<45_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }), escapesSlash: false)
    let gzipped = try Encode.compressed(text, .gzip)
    let plain = text.filter { $0 != UInt8(ascii: "\\") }
    let cases: [(String, [UInt8], ContentDescription)] = [
      ("60 KB conversation", text, json), ("60 KB conversation, dense", dense, json),
      ("60 KB conversation, gzip", gzipped, ContentDescription(contentCodings: ["gzip"])),
      ("60 KB without escapes", plain, json), ("60 KB picture in base64", image, json),
      ("200 KB conversation", Self.conversation(200_000), json),
      ("1 MB conversation", Self.conversation(1_000_000), json),
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
