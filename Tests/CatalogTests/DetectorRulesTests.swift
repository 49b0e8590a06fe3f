internal import Catalog
internal import Evidence
internal import Testing

@Suite struct DetectorRulesTests {
  static let directory: String = {
    let file = #filePath
    let root = file.firstRange(of: "/Tests/").map { file[..<$0.lowerBound] } ?? file[...]
    return root + "/Sources/Catalog/Resources/detectors"
  }()

  private static let valid = """
    id: some-token
    name: Some token
    grade: block
    patterns: ['\\bsome_[a-z]{20}']
    examples:
      - [so, me_abcdefghijklmnopqrst]
    counterExamples: [some_]
    sources: ['https://example.com/']
    """

  private func failure(_ text: String) -> DetectorFileError? {
    do {
      _ = try DetectorRules.parse(text, file: "some-token.yaml")
      return nil
    } catch {
      return error
    }
  }

  @Test("a detector's members are read, its examples joined from their parts")
  func reads() throws {
    let rule = try DetectorRules.parse(Self.valid, file: "some-token.yaml")
    #expect(rule.id == "some-token")
    #expect(rule.dataClass == .credential)
    #expect(rule.grade == .block)
    #expect(rule.patterns == [#"\bsome_[a-z]{20}"#])
    #expect(rule.examples == ["some_abcdefghijklmnopqrst"])
    #expect(rule.exampleLines == [6])
    #expect(rule.counterExampleLines == [7])
    #expect(rule.file == "some-token.yaml")
    #expect(rule.line == 1)
  }

  @Test("how bad it is if it gets out is what the file says, else what its class says")
  func severity() throws {
    #expect(try DetectorRules.parse(Self.valid, file: "some-token.yaml").severity == .high)
    for severity in Severity.allCases {
      let text = Self.valid + "\nseverity: \(severity.rawValue)"
      #expect(try DetectorRules.parse(text, file: "some-token.yaml").severity == severity)
    }
    let words = "id: w\nname: W\nwords: [Project Zephyr]"
    #expect(try DetectorRules.parse(words, file: "w.yaml").severity == .medium)
    let wrong = failure(Self.valid + "\nseverity: awful")
    #expect(wrong?.line == 9)
    #expect(wrong?.remedy == "use one of critical, high, medium, low")
  }

  @Test("no bundled detector says what its class says anyway")
  func severitiesThatDiffer() throws {
    let rules = try DetectorRules.load(from: Self.directory)
    let named = ["private-key": Severity.critical, "card-pin": .critical, "lei": .low, "email-address": .medium]
    for (id, severity) in named { #expect(rules.first { $0.id == id }?.severity == severity, "\(id)") }
    for rule in rules {
      let text = try Bundled.text("detectors/\(rule.dataClass.rawValue)/\(rule.id).yaml")
      #expect(text.contains("\nseverity: ") == (rule.severity != rule.dataClass.severity), "\(rule.id)")
    }
  }

  @Test("what is wrong is named with its line")
  func errors() {
    #expect(failure(Self.valid + "\ncolour: red")?.line == 9)
    #expect(failure(Self.valid.replacing("grade: block", with: "grade: great"))?.line == 3)
    #expect(failure(Self.valid.replacing("grade: block\n", with: ""))?.sentence.contains("grade") == true)
    #expect(failure(Self.valid.replacing("some-token", with: "Some Token"))?.line == 1)
    #expect(failure("id: [")?.sentence.contains("YAML") == true)
    #expect(failure("- a")?.sentence.contains("mapping") == true)
    #expect(failure(Self.valid.replacing("sources: ['https://example.com/']", with: "sources: []"))?.line == 8)
  }

  @Test("every detector of the catalogue loads and has a name of its own")
  func catalogue() throws {
    let rules = try DetectorRules.load(from: Self.directory)
    #expect(rules.count >= 400)
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules { #expect(rule.sources.allSatisfy { $0.hasPrefix("https://") }, "\(rule.id)") }
  }

  @Test("of the classes that are asked for, and of each in its folder, there are hundreds and tens")
  func classes() throws {
    let all = try DetectorRules.load(from: Self.directory)
    for (dataClass, least) in [
      (DataClass.credential, 250), (.personal, 200), (.financial, 100), (.hiddenText, 12), (.injection, 30),
      (.proprietary, 20),
    ] {
      let rules = try DetectorRules.load(from: Self.directory, classes: [dataClass])
      #expect(rules == all.filter { $0.dataClass == dataClass })
      #expect(rules.count >= least)
      #expect(rules.allSatisfy { $0.file.contains("/detectors/\(dataClass.rawValue)/") })
    }
  }

  @Test("words of context are read, and what a match is worth without them")
  func context() throws {
    let words = Self.valid + "\ncontext: {words: [tax id, ssn], without: note}"
    let context = try DetectorRules.parse(words, file: "some-token.yaml").context
    #expect(context == DetectorContext(words: ["tax id", "ssn"], without: .note))
    #expect(failure(Self.valid + "\ncontext: [ssn]")?.line == 9)
    #expect(failure(Self.valid + "\ncontext: {words: []}")?.sentence.contains("words") == true)
    #expect(failure(Self.valid + "\ncontext: {words: [ssn], without: block}")?.remedy.contains("note") == true)
    #expect(failure(Self.valid + "\ncontext: {words: [ssn], near: 5}")?.sentence.contains("near") == true)
  }

  @Test("issuers are vendors that the catalogue knows")
  func issuers() throws {
    let known = Set(try Bundled.knowledge.get().vendors.map(\.id))
    let rules = try DetectorRules.load(from: Self.directory)
    #expect(rules.contains { !$0.issuers.isEmpty })
    for rule in rules { #expect(known.isSuperset(of: rule.issuers), "\(rule.id)") }
  }
}
