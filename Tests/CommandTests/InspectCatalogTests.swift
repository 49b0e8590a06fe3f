internal import Testing

@Suite("sallyport inspect --catalog", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct InspectCatalogTests {
  private static let detector = "id: ours\nname: Ours\nwords: [Project Zephyr]\n"

  struct Nothing: Sendable {
    let catalog: String
    let code: Int32
    let says: [String]
    var setup = "true"
  }

  private static let nothings = [
    Nothing(catalog: "nope", code: 66, says: ["--catalog nope", "is not there"]),
    Nothing(
      catalog: "cat/detectors", code: 65, says: ["holds nothing of a catalogue", "detectors/*.yaml", "/project/cat\n"],
      setup: "mkdir -p cat/detectors/proprietary && touch cat/detectors/a.yaml"),
    Nothing(catalog: "cat", code: 65, says: ["holds nothing of a catalogue"], setup: "mkdir cat"),
    Nothing(
      catalog: "cat", code: 65, says: ["holds nothing of a catalogue"], setup: "mkdir -p cat/detectors cat/agents"),
    Nothing(
      catalog: "cat", code: 65, says: ["cat/detectors/w.yml", "end in .yaml", "detectors/w.yaml"],
      setup: "mkdir -p cat/detectors && echo 'id: w' > cat/detectors/w.yml"),
    Nothing(
      catalog: "cat", code: 65, says: ["has no detectors"],
      setup: "mkdir -p cat/detectors cat/agents && touch cat/agents/a.yaml"),
  ]

  @Test("a catalogue of which nothing is read is refused, and what was looked for is named", arguments: nothings)
  private func nothing(_ given: Nothing) throws {
    let user = try User()
    try user.write("about Project Zephyr\n", to: "a.txt")
    user.arrange("cd project && \(given.setup)")
    let outcome = try user.sallyport("inspect", "--catalog", given.catalog, "a.txt")
    #expect(outcome.code == given.code, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for words in given.says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
  }

  @Test("run and policy explain refuse a catalogue of which nothing is read as inspect does")
  func others() throws {
    let user = try User()
    user.arrange("mkdir -p project/cat/detectors && echo 'id: w' > project/cat/detectors/w.yml")
    let commands = [
      ["run", "--catalog", "cat", "--", "/bin/true"], ["observe", "--catalog", "cat", "--", "/bin/true"],
      ["policy", "explain", "--url", "https://a.example/", "--catalog", "cat"],
    ]
    for command in commands {
      let outcome = try user.sallyport(command)
      #expect(outcome.code == 65 && outcome.errors.contains("w.yml"), "\(command): \(outcome.errors)")
    }
  }

  @Test("a detector in a folder of its class, and one beside the folders, are both read")
  func folders() throws {
    let user = try User()
    user.arrange("mkdir -p project/cat/detectors/proprietary")
    try user.write(Self.detector, to: "cat/detectors/proprietary/ours.yaml")
    try user.write("about Project Zephyr\n", to: "a.txt")
    let outcome = try user.sallyport("inspect", "--catalog", "cat", "a.txt")
    #expect(outcome.code == 1 && outcome.output.contains("Ours"), "\(outcome.errors)")
  }

  @Test("what is wrong is told with the path from the catalogue that was named on, and the line")
  func places() throws {
    let user = try User()
    user.arrange("mkdir -p project/cat/detectors")
    try user.write("text\n", to: "a.txt")
    let broken: [(text: String, says: [String])] = [
      (
        "id: a\nname: A\ngrade: block\npatterns:\n  - 'fine_[a-z]{9}'\n  - 'wrong_[a-z'\nexamples: [x]\n"
          + "counterExamples: [y]\nsources: [z]\n", ["cat/detectors/a.yaml:6: ", "wrong_"]
      ),
      (
        "id: a\nname: A\nclass: propietary\nwords: [Zephyr]\n",
        ["cat/detectors/a.yaml:3: ", "did you mean 'proprietary'?"]
      ),
      ("id: a\nname: A\nword: [Zephyr]\n", ["cat/detectors/a.yaml:3: ", "did you mean 'words'?"]),
      ("id: a\nname: A\nwords-file: w.txt\n", ["cat/detectors/w.txt:2: "]),
    ]
    try user.write("Project Zephyr\nx\n", to: "cat/detectors/w.txt")
    for (text, says) in broken {
      try user.write(text, to: "cat/detectors/a.yaml")
      let outcome = try user.sallyport("inspect", "--catalog", "cat", "a.txt")
      #expect(outcome.code == 65, "\(outcome.errors)")
      for words in says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    }
  }

  @Test("a detector of one's own takes the place of the bundled one with its id")
  func overridden() throws {
    let user = try User()
    user.arrange("mkdir -p project/cat/detectors")
    try user.write(
      "id: github-token\nname: Overridden\nclass: credential\nwords: [Project Zephyr]\n",
      to: "cat/detectors/github-token.yaml")
    try user.write("about Project Zephyr\nghp_" + "CGdv7YIZR3AGpsLF0rFaFmPRGSZ3mU2ie2Vz\n", to: "a.txt")
    let listed = try user.sallyport("inspect", "--catalog", "cat", "--list")
    let lines = listed.output.split(separator: "\n").filter { $0.hasPrefix("github-token ") }
    #expect(lines.count == 1 && lines.allSatisfy { $0.contains("Overridden") }, "\(lines)")
    let found = try user.sallyport("inspect", "--catalog", "cat", "a.txt")
    #expect(found.output.contains("Overridden") && !found.output.contains("GitHub token"), "\(found.output)")
  }
}
