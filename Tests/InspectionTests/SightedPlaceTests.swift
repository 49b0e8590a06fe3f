internal import Evidence
internal import Foundation
internal import Inspection
internal import Testing

/// What stands in JSON is told as standing there, unless an escape had to be taken off to see it.
@Suite struct SightedPlaceTests {
  private static let key = "ghp_zZ8pQwR3tYuI0oPaSdFgHjKlXcVbN40tkX4Z"

  private struct Case {
    let name: String
    let body: String
    let written: String
    let layers: [String]
  }

  private static let encoded = base64("token: \(key), for the build\n")
  private static let cases = [
    Case(name: "a plain value", body: "{\"a\": \"\(key)\"}", written: key, layers: []),
    Case(name: "a value behind an escape", body: "{\"a\": \"one\\n\(key)\\nend\"}", written: key, layers: []),
    Case(
      name: "a value with an escape in it", body: "{\"a\": \"\\u0067\(key.dropFirst())\"}",
      written: "\\u0067\(key.dropFirst())", layers: ["json"]),
    Case(name: "JSON lines", body: "{\"a\": 1}\n{\"b\": \"x\\ty \(key)\"}\n", written: key, layers: []),
    Case(name: "no JSON", body: "{ \"a\\n\" = \(key) }", written: key, layers: []),
    Case(name: "what is JSON at first", body: "{\"a\": \"b\\n\"} token=\(key)", written: key, layers: []),
    Case(
      name: "JSON in JSON", body: "{\"a\": \"{\\\"b\\\": \\\"\\\\u0067\(key.dropFirst())\\\"}\"}",
      written: "\\\\u0067\(key.dropFirst())", layers: ["json", "json"]),
  ]

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  @Test("a secret in JSON is told once, where it is written", arguments: cases.indices)
  func secrets(_ number: Int) throws {
    let sample = Self.cases[number]
    let body = Array(sample.body.utf8)
    for cut in [0, 1, body.count / 2, body.count - 1] {
      let found = try inspect(body, cuts: [cut]).findings.filter { $0.detector == "github-token" }
      #expect(found.map(\.layers) == [sample.layers], "\(sample.name)")
      let written = found.first.map { String(decoding: body[$0.span.start..<$0.span.end], as: UTF8.self) }
      #expect(written == sample.written, "\(sample.name)")
    }
  }

  @Test("what is under an encoding in a string is told under that alone")
  func encoded() throws {
    for (text, layers) in [
      ("{\"a\": \"one\\n\(Self.encoded)\"}", ["base64"]),
      ("{\"a\": \"one\\n\(Self.encoded.replacing("Y", with: "\\u0059"))\"}", ["json", "base64"]),
    ] {
      let found = try inspect(Array(text.utf8)).findings.filter { $0.detector == "github-token" }
      #expect(found.map(\.layers) == [layers])
    }
  }
}
