internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Markings of documents are found where documents have them, and wherever those documents are.
@Suite struct MarkingTests {
  private static let document =
    "STRICTLY PRIVATE AND CONFIDENTIAL\n\nThe plans of the third quarter.\n\nTLP:AMBER+STRICT\n"

  private static func markings(_ body: [UInt8], _ content: ContentDescription = .none) throws -> Set<String> {
    Set(
      try inspect(body, content).findings.filter { $0.dataClass == .proprietary && $0.grade != .note }.map(\.detector))
  }

  @Test("a document's markings are found at the beginning of a prompt and within it")
  func prompt() throws {
    let text = Encode.json(Array(Self.document.utf8))
    let body = Array(#"{"model":"m","messages":[{"role":"user","content":"#.utf8) + text + Array("}]}".utf8)
    #expect(
      try Self.markings(body, ContentDescription(contentType: "application/json")) == [
        "marking-private", "tlp-marking",
      ])
    let packed = try Encode.compressed(body, .gzip)
    let gzip = ContentDescription(contentType: "application/json", contentCodings: ["gzip"])
    #expect(try Self.markings(packed, gzip) == ["marking-private", "tlp-marking"])
  }

  @Test("a marked document is found in base64")
  func base64() throws {
    #expect(try Self.markings(Encode.base64(Array(Self.document.utf8))) == ["marking-private", "tlp-marking"])
  }

  @Test(
    "a marking with its reason behind it, and one in full words",
    arguments: [
      ("INTERNAL ONLY - do not distribute\n\nPlans", "marking-internal"),
      ("Internal use only. Do not share outside the company.\n", "marking-internal"),
      ("VERSCHLUSSSACHE – NUR FÜR DEN DIENSTGEBRAUCH\n\nLage", "classified-de"),
    ])
  func longer(_ text: String, _ detector: String) throws {
    #expect(try Self.markings(Array(text.utf8)) == [detector])
  }

  @Test(
    "words that a marking is made of are no marking in a sentence, a list or a program",
    arguments: [
      "Please keep this confidential; the strictly private part is for internal use only in the team.",
      #"{"enum": ["PUBLIC", "INTERNAL", "CONFIDENTIAL", "STRICTLY PRIVATE"]}"#,
      "let levels = [\n  \"PUBLIC\",\n  \"CONFIDENTIAL\",\n  \"TRADE SECRET\"\n]\n", "case CONFIDENTIAL\n",
      "// Internal only to this module: nobody else may call it.", "The embargo ended, and the trade secret was out.",
    ])
  func prose(_ text: String) throws {
    #expect(try Self.markings(Array(text.utf8)).isEmpty)
  }
}
