internal import Decoding
internal import Testing

/// Private keys whose lines have something before or behind them.
@Suite struct ArmorTests {
  private static let lines =
    ["-----BEGIN RSA PRIV" + "ATE KEY-----"]
    + ["c2FsbHlwb3J0", "IGZha2Uga2V5", "bm8gbW9kdWx1"].map { String(repeating: $0, count: 5) + "abcd" }
    + ["ZmFrZQ==", "-----END RSA PRIV" + "ATE KEY-----"]
  private static let key = lines.joined(separator: "\n")

  private func armored(_ text: String, layers: [String] = ["armor"]) -> [String] {
    decode(Array(text.utf8)).collector.readings.values.filter { $0.layers == layers }.map(\.text)
  }

  @Test(
    "what stands before each line of a key is taken off",
    arguments: [
      "-", "+", "# ", "// ", "> ", ">> ", "; ", "-- ", " * ", "| ", "REM ", "\"", "src/main/resources/dev/key.pem:",
      "2026-01-02T10:00:00Z app - ",
    ])
  func prefixes(_ prefix: String) {
    #expect(armored("a text\n" + Self.lines.map { prefix + $0 + "\n" }.joined() + "another text") == [Self.key])
  }

  @Test(
    "so are numbers that go on from line to line", arguments: ["%:", "%-", "file.pem:%:", " %\t", "a1b2 (Ann 1:%) "])
  func numbers(_ prefix: String) {
    let text = Self.lines.enumerated().map { index, line in
      prefix.replacing("%", with: String(index + 8)) + line + "\n"
    }
    #expect(armored(text.joined()) == [Self.key])
  }

  @Test(
    "what stands behind each line is taken off",
    arguments: [
      ("\"", "\","), ("'", "',"), ("", "\\"), ("\"", "\" \\"), ("<i>", "</i>"), ("'", "' +"), ("| ", " |"),
      ("echo ", ">>key.pem"),
    ])
  func behind(before: String, after: String) {
    let text = Self.lines.map { before + $0 + after + "\n" }.joined()
    let seen = decode(Array(text.utf8)).collector.readings.values.filter { $0.layers.last == "armor" }
    // Where strings are put together, their lines are one.
    #expect(seen.contains { $0.text.filter { $0 != "\n" } == Self.key.filter { $0 != "\n" } })
  }

  @Test("a list of strings on one line is one key")
  func list() {
    let list = "[" + Self.lines.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    #expect(armored("key = " + list) == [Self.key])
    #expect(armored(list, layers: ["json", "armor"]) == [Self.key])
  }

  @Test("lines with nothing between them are one key")
  func together() { #expect(armored(Self.lines.joined()) == [Self.key.replacing("abcd\n", with: "abcd")]) }

  @Test("lines with a tag between them are one key")
  func tags() throws {
    let seen = try #require(armored("<p>" + Self.lines.joined(separator: "<br>") + "</p>").first)
    #expect(seen == (Self.lines[..<4] + [Self.lines[5]]).joined(separator: "\n"))
  }

  @Test("a key that is cut short goes on as far as its lines do")
  func cut() {
    let text = Self.lines[..<4].map { "> " + $0 + "\n" }.joined() + "> and here is what I wanted to ask.\n"
    #expect(armored(text) == [Self.lines[..<4].joined(separator: "\n")])
  }

  @Test("header lines stay")
  func headers() {
    let lines = [Self.lines[0], "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,0123456789abcdef"] + Self.lines[1...]
    #expect(armored(lines.map { "# " + $0 + "\n" }.joined()) == [lines.joined(separator: "\n")])
  }

  private static let ssh2 =
    ["---- BEGIN SSH2 PRIV" + "ATE KEY ----", "Comment: fake"] + lines[1...4]
    + ["---- END SSH2 PRIV" + "ATE KEY ----"]
  private static let putty =
    [
      "PuTTY-User-Key" + "-File-3: ssh-ed25519", "Encryption: none", "Comment: fake", "Public-Lines: 1", "AAAA",
      "Private-Lines: 3",
    ] + lines[1...3] + ["Private-MAC: 00ff"]

  @Test("keys of other programs are read, too", arguments: [ssh2, putty])
  func others(lines: [String]) {
    #expect(armored(lines.map { "# " + $0 + "\n" }.joined()) == [lines.joined(separator: "\n")])
  }

  @Test(
    "what has nothing beside its lines is read as it is",
    arguments: ["\n", "\r\n", " ", "\n  "])
  func plain(_ lineEnd: String) {
    #expect(armored("key: |" + lineEnd + Self.lines.joined(separator: lineEnd)) == [])
  }

  @Test(
    "a heading alone is no key",
    arguments: [
      "grep \"HEAD\" x", "HEAD", "# HEAD\n# the key goes here\n# -----END RSA PRIVATE KEY-----",
      "# HEAD\nHEAD", "<td>HEAD</td>", "PuTTY-User-Key-File-",
    ])
  func headings(_ text: String) { #expect(armored(text.replacing("HEAD", with: Self.lines[0])) == []) }

  @Test("each line is in its place")
  func places() throws {
    let text = Array(Self.lines.map { "# " + $0 + "\n" }.joined().utf8)
    let reading = try #require(decode(text).collector.readings.values.first { $0.layers == ["armor"] })
    for (byte, span) in zip(reading.bytes, reading.spans) where byte != 0x0a { #expect(Array(text[span]) == [byte]) }
  }

  @Test("a key is read wherever the message is split")
  func splits() {
    let lines = Self.lines.map { "# " + $0 + "\n" }.joined()
    let text = Array((lines + "> " + Self.lines[0] + "\n" + lines + "'" + Self.lines[0]).utf8)
    let whole = decode(text).collector.readings
    for cut in 1..<text.count { #expect(decode(text, cuts: [cut]).collector.readings == whole, "\(cut)") }
  }

  // Each is a text of its own, with a separator between them.
  @Test("many headings cost no more than as many other lines")
  func work() {
    let text = String(repeating: "# \(Self.lines[0])\n# \(Self.lines[1])\n", count: 4000)
    #expect(armored(text).map(\.utf8.count) == [text.utf8.count - 4 * 4000 - 1])
  }
}
