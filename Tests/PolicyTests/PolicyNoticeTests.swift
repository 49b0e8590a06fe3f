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
}
