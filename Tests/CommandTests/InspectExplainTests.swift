internal import Evidence
internal import Testing

@Suite("sallyport inspect --explain", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct InspectExplainTests {
  private func lines(_ text: String, _ options: String...) throws -> [String] {
    let user = try User()
    try user.write(text, to: "t.txt")
    let outcome = try user.sallyport(["inspect", "--explain", "t.txt"] + options)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test("what was found comes first, and what nearly was takes one line a place and reason; --json tells each")
  func grouped() throws {
    let lines = try lines("TAX_ID=1234563218\n")
    #expect(lines.count <= 6, "\(lines)")
    #expect(lines[1].contains("vn-tax-code") && lines[1].contains("redact"))
    #expect(lines[2].contains("detectors  no") && lines[2].contains("none of their words is near"), "\(lines)")
    #expect(lines.last?.contains("1 finding; ") == true)
    let all = try JSONParser.parse(try self.lines("TAX_ID=1234563218\n", "--json").joined(separator: "\n"))
    #expect(all.array?.count ?? 0 > 20)
  }

  @Test("of a number that is published for tests it says so")
  func documented() throws {
    let lines = try lines("card 4111 1111 1111 1111\n")
    #expect(lines[1].contains("card-visa") && lines[1].contains("published for tests"), "\(lines)")
    #expect(!lines[1].contains("fails"))
  }

  @Test("a thing that is seen in two views is told once")
  func once() throws {
    let user = try User()
    user.arrange(
      "cd project && mkdir -p own/detectors && printf 'id: w\\nname: W\\nwords: [Project Zephyr]\\n' > own/detectors/w.yaml"
    )
    try user.write("x = \"see Project Zephyr now\" + \" and more\"\n", to: "t.txt")
    let outcome = try user.sallyport("inspect", "--explain", "--catalog", "own", "t.txt")
    #expect(outcome.output.split(separator: "\n").count { $0.contains(" w ") } == 1, "\(outcome.output)")
  }
}
