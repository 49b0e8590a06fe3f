internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

@Suite struct TransformationTests {
  private let index = SourceIndex(["Sources/SettingReader.swift": Sample.parser, "relay.py": Sample.server])

  @Test("a whole file sent as it is has all its lines")
  func wholeFile() {
    let found = attribute(Array(Sample.parser.utf8), index)
    #expect(found.places == ["Sources/SettingReader.swift:1-22"])
    #expect(found.share > 0.8)
  }

  @Test("lines in a JSON string are found, with parts of lines at both ends")
  func json() throws {
    let text = Sample.lines(Sample.parser, 11...17)
    let body = try CanonicalJSON.encode(.object(["content": .string(text), "role": .string("user")]))
    #expect(attribute(body, index).places == ["Sources/SettingReader.swift:11-17"])
  }
}
