internal import Testing

@testable internal import Run

@Suite("Workspaces that overlap")
struct OverlappingPlaceTests {
  private func path(_ text: String) -> TreePath { TreePath(bytes: Array(text.utf8)) }

  @Test("a path of one is found in the other")
  func paths() {
    #expect(OverlappingPlace(of: "/w", seenFrom: "/w") == .same)
    #expect(OverlappingPlace(of: "/w", seenFrom: "/w2") == nil)
    let around = OverlappingPlace(of: "/w", seenFrom: "/w/a/b")
    #expect(around?.theirs(path(".envrc")) == path("a/b/.envrc"))
    #expect(around?.ours(path("a/b/.envrc")) == path(".envrc"))
    #expect(around?.ours(path("a/bc/.envrc")) == nil)
    let inside = OverlappingPlace(of: "/w/a", seenFrom: "/w")
    #expect(inside?.theirs(path("a/.envrc")) == path(".envrc"))
    #expect(inside?.theirs(path(".envrc")) == nil)
    #expect(inside?.ours(path(".envrc")) == path("a/.envrc"))
  }

  @Test("git's names of a content, as git hash-object gives them")
  func objects() {
    #expect(
      GitObjects.names(of: Array("hello\n".utf8)) == [
        "ce013625030ba8dba906f756967f9e9ca394464a",
        "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4",
      ])
  }
}
