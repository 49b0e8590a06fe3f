internal import Documents
internal import Testing

@Suite struct RepeatedKeyTests {
  @Test(
    "a key that stands twice is refused, whatever it looks like and however it is quoted",
    arguments: ["a: 1\nb: 2\na: 3", "1: a\n'1': b", "true: a\n\"true\": b", "x:\n  k: 1\n  k: 2", "~: a\n\"~\": b"])
  func repeated(yaml: String) throws {
    let problem = #expect(throws: DocumentProblem.self) { try DocumentNode.read(yaml: yaml, file: "a.yaml") }
    #expect(try #require(problem).found.contains("more than once"))
  }

  @Test("keys that differ in their letters alone are two, though a number or a truth would be one")
  func different() throws {
    let node = try DocumentNode.read(yaml: "1: a\n01: b\n1.0: c\ntrue: d\nTrue: e\nyes: f", file: "a.yaml")
    guard case .map(let entries) = node.content else {
      Issue.record("no map")
      return
    }
    #expect(entries.map(\.key) == ["1", "01", "1.0", "true", "True", "yes"])
  }
}
