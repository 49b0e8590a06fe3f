internal import Evidence
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
    #expect(comment.problem == nil)
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
    "without a name, a reason or a bracket it allows nothing, and says which",
    arguments: [
      ("# sallyport:allow() why", .noName), ("# sallyport:allow(a)", .noReason), ("# sallyport:allow(a) */", .noReason),
      ("# sallyport:allow(a why", .open), ("", nil), ("# sallyport:allow", nil),
      ("sallyport:allow( , ) why", .noName), ("(* sallyport:allow(a) *)", .noReason),
      ("--[[ sallyport:allow(a) ]]", .noReason), ("{# sallyport:allow(a) #}", .noReason),
      ("<% sallyport:allow(a) %>", .noReason), ("\"sallyport:allow(a)\"", .noReason),
      ("{{/* sallyport:allow(a) */}}", .noReason), ("# sallyport:allow(a) \u{200b}", .noReason),
      ("# sallyport:allow(a)\u{a0}", .noReason), ("# sallyport:allow(a) 1", .noReason),
    ] as [(String, UncountedComment.Problem?)])
  func incomplete(_ line: String, _ problem: UncountedComment.Problem?) {
    let comment = read(line)
    #expect(comment?.problem == problem)
    #expect(comment?.allows("a", of: "credential") ?? false == false)
  }
}
