internal import Catalog
internal import Evidence
internal import Testing

#if canImport(Glibc)
  internal import Glibc
#endif

@Suite struct WordListFileTests {
  private static let listed = """
    id: projects
    name: Our projects
    words:
      - Project Zephyr
      - wolkenkuckuck
    """

  private func failure(_ text: String) -> DetectorFileError? {
    do {
      _ = try DetectorRules.parse(text, file: "projects.yaml")
      return nil
    } catch {
      return error
    }
  }

  /// A directory of detectors with one of words from a file.
  private func load(_ words: String, file: String = "names.txt") throws -> [DetectorRule] {
    let directory = "/tmp/sallyport-words.\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    try #require(mkdir(directory, 0o700) == 0)
    defer { for name in ["projects.yaml", "names.txt", ""] { remove("\(directory)/\(name)") } }
    for (name, text) in [("projects.yaml", "id: projects\nname: P\nwords-file: \(file)\n"), ("names.txt", words)] {
      let handle = try #require(fopen("\(directory)/\(name)", "w"))
      fputs(text, handle)
      fclose(handle)
    }
    return try DetectorRules.load(from: directory)
  }

  @Test("words are read, of class proprietary and grade redact where the file says nothing else")
  func reads() throws {
    let rule = try DetectorRules.parse(Self.listed, file: "projects.yaml")
    #expect(rule.words == ["Project Zephyr", "wolkenkuckuck"])
    #expect(rule.dataClass == .proprietary && rule.grade == .redact && rule.patterns.isEmpty)
    let other = try DetectorRules.parse(Self.listed + "\nclass: personal\ngrade: note", file: "projects.yaml")
    #expect(other.dataClass == .personal && other.grade == .note)
  }

  @Test("a file of words has one phrase a line, comments and empty lines")
  func file() throws {
    let rules = try load("# customers\n\nAcme Holding \r\n  Nordlicht GmbH\n")
    #expect(rules.map(\.words) == [["Acme Holding", "Nordlicht GmbH"]])
  }

  @Test("what is wrong in a file of words is named with its line, and without the phrase")
  func fileErrors() {
    func failure(_ words: String, file: String = "names.txt") -> DetectorFileError? {
      do { _ = try load(words, file: file) } catch { return error as? DetectorFileError }
      return nil
    }
    #expect(failure("Acme Holding\nAbc\n")?.description.contains("/names.txt:2: a phrase has fewer than 4") == true)
    #expect(failure(String(repeating: "long ", count: 41))?.sentence.contains("200 bytes") == true)
    #expect(failure("a b c d e f g h i")?.sentence.contains("8 words") == true)
    #expect(failure("")?.sentence == "there are no words")
    #expect(failure((0...10_000).map { "Customer \($0)\n" }.joined())?.line == 10_001)
    #expect(failure("Acme Holding", file: "missing.txt")?.file.hasSuffix("/projects.yaml") == true)
    #expect(failure("Acme Holding", file: "missing.txt")?.line == 3)
    #expect(failure("Acme Holding", file: "/etc/hostname")?.sentence.contains("words-file") == true)
  }

  @Test("what is wrong among words is named with its line")
  func errors() {
    #expect(failure(Self.listed.replacing("wolkenkuckuck", with: "abc"))?.line == 5)
    #expect(failure(Self.listed + "\npatterns: ['abcdef']")?.line == 6)
    #expect(failure("id: projects\nname: P\nwords: Project")?.sentence.contains("list") == true)
    #expect(failure("id: projects\nname: P\nwords: []")?.sentence == "there are no words")
    #expect(failure("id: projects\nname: P\nwords-file: names.txt")?.sentence.contains("words-file") == true)
  }
}
