internal import Testing

@testable internal import Catalog

@Suite struct JSONTopKeysTests {
  private func has(_ key: String, _ text: String) -> Bool { JSONTopKeys(Array(text.utf8)).contains(all: [key]) }

  @Test("only names at the top count, also where the text stops in the middle")
  func top() {
    #expect(has("a", #"{"a":1}"#))
    #expect(has("b", #"{"a":{"c":[1,{"d":2}]}, "b" : "#))
    #expect(has("b", #"{"a":"}\"{","b":1"#))
    #expect(!has("c", #"{"a":{"c":1}}"#))
    #expect(!has("b", #"{"a":"b"}"#))
    #expect(!has("a", #"["a",":"]"#))
    #expect(!has("a", #"{"a"#))
    #expect(!has("a", ""))
    #expect(!has("a", #"{"\"#))
  }

  @Test("a name beyond the prefix is not seen")
  func prefix() {
    #expect(!has("z", "{\"a\":\"" + String(repeating: "x", count: 5000) + "\",\"z\":1}"))
  }
}
