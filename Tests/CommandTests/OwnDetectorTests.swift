internal import Testing

@Suite("detectors of one's own", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct OwnDetectorTests {
  private static func user(examples: String, counterExamples: String) throws -> User {
    let user = try User()
    user.arrange("mkdir -p project/own/detectors")
    try user.write(
      """
      id: acme-ticket
      name: Ticket of Acme
      class: proprietary
      grade: redact
      patterns: ['\\bACME-[0-9]{6}\\b']
      examples:
      - ACME-204816
      - \(examples)
      counterExamples:
      - \(counterExamples)
      sources: ["https://wiki.acme.example/tickets"]

      """, to: "own/detectors/acme-ticket.yaml")
    try user.write("about ACME-777888\n", to: "note.md")
    return user
  }

  @Test("a sound one is looked for")
  func sound() throws {
    let user = try Self.user(examples: "ACME-204817", counterExamples: "ACME-20")
    let outcome = try user.sallyport("inspect", "--catalog", "own", "note.md")
    #expect(outcome.code == 1 && outcome.output.contains("acme-ticket"))
  }

  @Test(
    "one that does not do what its file says is refused, with file, line and example",
    arguments: [
      ("see ACME-2048", "ACME-20", "own/detectors/acme-ticket.yaml:8", "example 'see ACME-2048'"),
      ("ACME-204817", "ACME-204818", "own/detectors/acme-ticket.yaml:10", "counter-example 'ACME-204818'"),
    ])
  func refused(examples: String, counterExamples: String, place: String, example: String) throws {
    let user = try Self.user(examples: examples, counterExamples: counterExamples)
    for words in [["inspect", "--catalog", "own", "note.md"], ["run", "--catalog", "own", "--", "/bin/echo"]] {
      let outcome = try user.sallyport(words)
      #expect(outcome.code == 65, "\(words)")
      #expect(outcome.errors.contains(place) && outcome.errors.contains(example), "\(outcome.errors)")
    }
  }
}
