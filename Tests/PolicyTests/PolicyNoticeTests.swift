internal import Evidence
internal import Policy
internal import Testing

@Suite struct PolicyNoticeTests {
  @Test("what a file gives away is said aloud, and an ordinary file gives nothing away")
  func notices() throws {
    let loose = try Fixture.policy(
      """
      version: 1
      uninspected: [{hosts: [a.example.com], because: It pins.}]
      rules:
        - {name: all, when: {agent: codex}, then: allow}
        - {name: keys, when: {class: credential}, then: report}
        - {name: fine, when: {destination: b.example.com}, then: allow}
        - {name: also fine, when: {class: credential, destination: b.example.com}, then: allow}
        - {name: strict, then: block}
      """)
    #expect(loose.notices.count == 3)
    #expect(loose.notices[0] == "sallyport.yaml:2: what goes to a.example.com is counted, not inspected: It pins.")
    for posture in Posture.allCases { #expect(PolicyDocument.builtIn(posture).notices.isEmpty) }
  }

  @Test("places of a protected group that a pattern of the file's own lets change are said aloud")
  func loosenedPlaces() throws {
    func notices(_ protect: String) throws -> [String] {
      try Fixture.policy("version: 1\nprotect: \(protect)\n").notices
    }
    let git = try notices("{allow: [\".git/**\"]}")
    #expect(git.count == 1)
    #expect(git.first?.contains("'.git/**' covers, and so git files") == true)
    let all = try notices("{allow: [\"*\"]}")
    #expect(all.first?.contains("git, hooks, editors, agents, ci, shell, packages files") == true)
    #expect(try notices("{allow: [\".envrc\"]}").first?.contains("and so shell files") == true)
    #expect(try notices("{allow: [\"src/**\", deploy.txt]}").isEmpty)
    #expect(try notices("{allow: [\".envrc\"], shell: allow}").count == 1)
    #expect(try notices("{allow: [\"*\"], deny: [\"*\"]}").isEmpty)
  }
}
