internal import Patterns
internal import Testing

@Suite struct RequestTargetTests {
  @Test("a path that servers read differently is not plain")
  func notPlain() {
    for path in [
      "", "*", "v1", "/a/../b", "/a/..", "/./a", "/a/%2e%2e/b", "/a/%2E%2e", "/a/..%2fb", "/a%5c..%5cb", "/a//b", "//a",
      "/a\\b", "/a b", "/a\u{7}b", "/a%00b", "/a%zz", "/a%2", "/a#b", "http://a/b", "/%2f/a",
    ] { #expect(!RequestTarget(path).isPlain, "\(path)") }
    for path in [
      "/", "/a", "/a/", "/a/b.c/..d/e..", "/@types%2fnode", "/a?b=../../c", "/a%20b", "/%7euser", "/a.b/...x",
    ] {
      #expect(RequestTarget(path).isPlain, "\(path)")
    }
  }

  @Test("letters in disguise are seen as letters, and an encoded slash stays one segment")
  func decoding() throws {
    let pattern = try #require(PathPattern("/v1/*/events"))
    #expect(pattern.matches(RequestTarget("/v1/%64atalake/event%73?x=1")))
    #expect(pattern.matches(RequestTarget("/v1/a%2Fb/events")))
    #expect(!pattern.matches(RequestTarget("/v1/a/b/events")))
  }

  @Test("a query's fields are compared one by one, in any order")
  func fields() throws {
    let pattern = try #require(PathPattern("/r?service=git-*&v"))
    #expect(pattern.matches(RequestTarget("/r?v=2&service=git-upload-pack")))
    #expect(pattern.matches(RequestTarget("/r?v&ser%76ice=git%2dx&z=1")))
    #expect(!pattern.matches(RequestTarget("/r?service=git-upload-pack")))
    #expect(!pattern.matches(RequestTarget("/r?service=svn&v")))
    #expect(!pattern.matches(RequestTarget("/r")))
    #expect(PathPattern("r") == nil)
    #expect(PathPattern("/r?=x") == nil)
  }
}
