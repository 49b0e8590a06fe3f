internal import Testing

@testable import FileInspection

@Suite("Comments that allow something")
struct AllowingCommentTests {
  private func read(_ line: String) -> AllowingComment? { AllowingComment(endOfLine: Array(line.utf8)) }

  @Test("a comment names detectors or classes, and has a reason")
  func whole() throws {
    let comment = try #require(read(#"key = "x"  # sallyport:allow(github-token, personal): made up for a test"#))
    #expect(comment.names == ["github-token", "personal"])
    #expect(comment.reason == "made up for a test")
    #expect(!comment.standsAlone)
    #expect(comment.allows("github-token", of: "credential"))
    #expect(comment.allows("email-address", of: "personal"))
    #expect(!comment.allows("npm-token", of: "credential"))
  }

  @Test(
    "alone on its line it is told from one behind code, whatever the language's comments are",
    arguments: ["# ", "  // ", "/* ", "<!-- ", "-- ", "; ", "% ", "\t* "])
  func alone(_ beginning: String) throws {
    #expect(try #require(read(beginning + "sallyport:allow(a) because -->")).standsAlone)
  }

  @Test(
    "what ends a comment is no part of the reason",
    arguments: [" */", " -->", "\r", "  ", "\"", " #}", " %>", " ]]", "*/}}"])
  func endings(_ end: String) throws {
    #expect(try #require(read("// sallyport:allow(a) why" + end)).reason == "why")
  }

  @Test(
    "without a name, a reason or a bracket it allows nothing",
    arguments: [
      "# sallyport:allow() why", "# sallyport:allow(a)", "# sallyport:allow(a) */", "# sallyport:allow(a why", "",
      "# sallyport:allow", "sallyport:allow( , ) why", "(* sallyport:allow(a) *)", "--[[ sallyport:allow(a) ]]",
      "{# sallyport:allow(a) #}", "<% sallyport:allow(a) %>", "\"sallyport:allow(a)\"", "{{/* sallyport:allow(a) */}}",
      "# sallyport:allow(a) \u{200b}", "# sallyport:allow(a)\u{a0}", "# sallyport:allow(a) 1",
    ])
  func incomplete(_ line: String) {
    #expect(read(line) == nil)
  }
}
