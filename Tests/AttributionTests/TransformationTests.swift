internal import Attribution
internal import Compression
internal import Decoding
internal import Evidence
internal import Testing

/// What happens to lines between a file and a message.
@Suite struct TransformationTests {
  private let index = SourceIndex(["Sources/SettingReader.swift": Sample.parser, "relay.py": Sample.server])
  private static let path = "Sources/SettingReader.swift"

  private func places(_ text: String, content: ContentDescription = .none) -> [String] {
    attribute(Array(text.utf8), index, content: content).places
  }

  @Test("a whole file sent as it is has all its lines")
  func wholeFile() {
    let found = attribute(Array(Sample.parser.utf8), index)
    #expect(found.places == ["\(Self.path):1-22"])
    #expect(found.share > 0.8)
    #expect(found.sources.first?.bytes == Sample.textBytes(Sample.parser))
  }

  @Test("lines in a JSON string are found, as are those in JSON within JSON")
  func json() throws {
    let text = Sample.lines(Sample.parser, 11...17)
    let body = try CanonicalJSON.encode(.object(["content": .string(text), "role": .string("user")]))
    #expect(attribute(body, index).places == ["\(Self.path):11-17"])
    let outer = try CanonicalJSON.encode(.object(["arguments": .string(String(decoding: body, as: UTF8.self))]))
    #expect(attribute(outer, index).places == ["\(Self.path):11-17"])
  }

  @Test(
    "lines are found behind decorations",
    arguments: [
      "%d: ", "   %d\t", "   %d→", "%d | ", "L%d: ", "[%d] ", "  %d  ", "> ", ">> ", "| ", "// ", "# ", "+", "-",
      "Sources/SettingReader.swift:%d:", "> %d: ", "+ // ", "\t\t\t", "      ",
    ])
  func decorations(_ prefix: String) {
    let lines = Sample.lines(Sample.parser, 11...19).split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.enumerated().map { prefix.replacing("%d", with: "\($0.offset + 11)") + $0.element }
    #expect(places("Look at this:\n" + text.joined(separator: "\n") + "\nThanks.") == ["\(Self.path):11-19"])
  }

  @Test("line ends do not matter", arguments: ["\r\n", "\r", "\n\n"])
  func lineEnds(_ end: String) {
    #expect(places(Sample.lines(Sample.parser, 11...19).replacing("\n", with: end)) == ["\(Self.path):11-19"])
  }

  @Test("a diff has the lines of both its sides that are in the file, and not those that come")
  func diff() {
    var lines = Sample.lines(Sample.parser, 11...19).split(separator: "\n").map { " \($0)" }
    lines[3] = "-" + lines[3].dropFirst()
    lines.insert("+    position = text.somethingElse(line)", at: 4)
    let found = places("--- a\n+++ b\n@@ -11,9 +11,9 @@\n" + lines.joined(separator: "\n"))
    #expect(found == ["\(Self.path):11-19"])
  }

  @Test("both sides of a diff are found wherever in a message it stands")
  func bothSides() {
    let index = SourceIndex(["relay.py": Sample.server])
    index.begin()
    index.take("relay.py", Sample.server.replacing("def serve(", with: "def listen("))
    let text = Sample.lines(Sample.server, 3...9).split(separator: "\n", omittingEmptySubsequences: false)
    var lines = text.map { " \($0)" }
    lines[3] = "-" + lines[3].dropFirst()
    lines.insert("+" + lines[3].dropFirst().replacing("def serve(", with: "def listen("), at: 4)
    for count in 0..<70 {
      let words = (0..<count).map { "Word \($0) of nobody's" }
      let found = attribute((words + lines).joined(separator: "\n").utf8, index)
      #expect(Set(found.sources.map(\.version)) == [1, 2], "\(count): \(found.places)")
    }
  }

  @Test("lines behind decorations are found after lines with many strings, each of which might be text of a file")
  func afterManyStrings() {
    let strings = #""one","two","three","four","five","six","seven","eight","nine""#
    let quoted = Sample.lines(Sample.parser, 14...18).split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")
    for count in 1...40 {
      let many = (1...count).map { "\($0): > - [\(strings)]" }.joined(separator: "\n")
      #expect(places(many + "\n" + quoted) == ["\(Self.path):14-18"], "\(count)")
    }
  }

  @Test("a fenced block in prose has its lines and not the prose")
  func fenced() {
    let text = "Here it is:\n\n```swift\n" + Sample.lines(Sample.parser, 3...9) + "\n```\nWhat do you think?"
    #expect(places(text) == ["\(Self.path):3-9"])
  }

  @Test("of a first and a last line that are cut the part that is there is told")
  func partialLines() {
    let text = Sample.lines(Sample.parser, 13...18)
    let cut = String(text.dropFirst(8).dropLast(12))
    let found = attribute(Array(cut.utf8), index)
    #expect(found.places == ["\(Self.path):13.9-18.44"])
    #expect(found.sources.first?.bytes == Sample.textBytes(cut))
  }

  @Test("base64, gzip and both are taken off")
  func encodings() throws {
    let text = Sample.lines(Sample.parser, 6...20)
    let gzipped = try Sample.gzip(Array(text.utf8))
    for body in [Sample.base64(Array(text.utf8)), Sample.base64(gzipped)] {
      #expect(places("file: " + body) == ["\(Self.path):6-20"])
    }
    let found = attribute(gzipped, index, content: ContentDescription(contentCodings: ["gzip"]))
    #expect(found.places == ["\(Self.path):6-20"])
    #expect(found.share > 0.9)
  }

  @Test("compressed text within other encodings, of any length, has its lines and a share that is one")
  func nested() throws {
    for count in 5...20 {
      for prefix in ["", "x", "%d: "] {
        let lines = Sample.lines(Sample.parser, 1...count).split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { prefix + $0 }.joined(separator: "\n")
        let inner = Sample.base64(try Sample.gzip(Array(text.utf8)))
        let body = try CanonicalJSON.encode(.array([.string("one\ntwo \(inner)\nthree"), .string(inner)]))
        for (bytes, codings) in [(body, [String]()), (try Sample.gzip(body), ["gzip"])] {
          let found = attribute(bytes, index, content: ContentDescription(contentCodings: codings))
          #expect((0...1).contains(found.share))
          if prefix.isEmpty, count > 6 { #expect(found.sources.first?.startLine == 1) }
        }
      }
    }
  }

  /// How a text may be packed into a message, and how much of the message it is then, about.
  private static func packed(_ text: String) throws -> [(
    name: String, bytes: [UInt8], codings: [String], share: Double
  )] {
    let gzip = try Sample.gzip(Array(text.utf8))
    let token = Sample.base64(gzip)
    func json(_ token: String) -> [UInt8] { Array("{\"note\":\"\(Sample.filler)\",\"data\":\"\(token)\"}".utf8) }
    let body = json(token)
    let part = Double(token.utf8.count) / Double(body.count)
    let twice = Sample.base64(try Sample.gzip(gzip))
    let deep = Sample.base64(try Sample.gzip(json(token)))
    return [
      ("base64, gzip", body, [], part), ("gzip of that", try Sample.gzip(body), ["gzip"], part),
      ("base64, gzip, gzip", json(twice), [], Double(twice.utf8.count) / Double(json(twice).count)),
      ("gzip of that", try Sample.gzip(json(twice)), ["gzip"], Double(twice.utf8.count) / Double(json(twice).count)),
      ("base64, gzip, base64, gzip", json(deep), [], part * Double(deep.utf8.count) / Double(json(deep).count)),
      (
        "gzip of that", try Sample.gzip(json(deep)), ["gzip"], part * Double(deep.utf8.count) / Double(json(deep).count)
      ),
    ]
  }

  @Test("compressed text within other encodings has the share of the message that it takes there")
  func nestedShare() throws {
    let index = SourceIndex(["r.py": Sample.server])
    let others = String(repeating: "# nobody's own line\n", count: 900)
    for text in [Sample.server, others + Sample.server, Sample.server + others] {
      for (name, bytes, codings, share) in try Self.packed(text) {
        let found = attribute(bytes, index, content: ContentDescription(contentCodings: codings))
        #expect(found.sources.map(\.path) == ["r.py"], "\(name)")
        let most = min(1, share * 1.1 + 0.02)
        #expect(found.share > 0 && found.share <= most, "\(name): \(found.share) of \(share)")
        if text == Sample.server { #expect(found.share > share * 0.7, "\(name): \(found.share) of \(share)") }
      }
    }
  }

  @Test("letters beyond ASCII stay in the line, in base64 as well")
  func unicode() {
    // Decoding begins a run of text with twelve bytes of ASCII.
    let text =
      "# says hello to somebody\ndef grüße(empfänger):\n    return f\"Schöne Grüße an {empfänger} aus Köln\"\n\nprint(grüße(\"Jürgen\"))\n"
    let index = SourceIndex(["gruss.py": text])
    #expect(attribute(Array(text.utf8), index).places == ["gruss.py:1-5"])
    #expect(attribute(Array(Sample.base64(Array(text.utf8)).utf8), index).places == ["gruss.py:1-5"])
  }

  @Test("a part of a very long line is told with its columns")
  func longLine() {
    var source = Seeded(4)
    let words = (0..<400).map { _ in "w\(UInt32.random(in: 0 ... .max, using: &source))" }
    let line = words.joined(separator: " ")
    let index = SourceIndex(["data.txt": "head\n\(line)\ntail\n"])
    let part = line.dropFirst(1000).prefix(500)
    let found = attribute(Array("see \(part) there".utf8), index)
    #expect(found.places == ["data.txt:2.1001-2.1500"])
  }

  @Test("the same lines twice in a message, or in two readings of it, are one claim")
  func once() throws {
    let text = Sample.lines(Sample.parser, 11...19)
    #expect(places(text + "\n\nAnd again:\n\n" + text) == ["\(Self.path):11-19"])
    let body = try CanonicalJSON.encode(.array([.string(text), .string(text)]))
    #expect(attribute(body, index).places == ["\(Self.path):11-19"])
  }

  @Test("text of nobody's has no claim", arguments: ["", "\n\n\n", "}\n}\n}\n", "return nil\n}\n", "hello, world"])
  func nothing(_ text: String) {
    let found = attribute(Array(text.utf8), index)
    #expect(found.sources.isEmpty)
    #expect(found.share == 0)
  }
}
