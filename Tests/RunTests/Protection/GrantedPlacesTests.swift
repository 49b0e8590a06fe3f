internal import Policy
internal import Testing

@testable internal import Run

@Suite("Granted places")
struct GrantedPlacesTests {
  private func places(_ directories: [String], files: [String] = [], own: [String] = []) -> GrantedPlaces {
    GrantedPlaces(
      directories: directories, files: files, workspace: "/home/a/work", home: "/home/a",
      agents: ["/home/a/.claude", "/home/a/.codex"], own: own, Protection())
  }

  @Test("a directory beside the workspace is protected; one within it is already")
  func beside() {
    let places = places(["/srv/b", "/home/a/other", "/home/a/work/sub", "/home/a/work", "/srv/b"])
    #expect(places.protected == ["/home/a/other", "/srv/b"])
    #expect(places.free.isEmpty && places.named.isEmpty)
  }

  @Test("the home, what is around it and what agents keep for themselves is free")
  func free() {
    let places = places(["/home/a", "/home", "/home/a/.claude/projects", "/home/a/.codex", "/home/ab", "/home/a/.c"])
    #expect(places.free == ["/home", "/home/a", "/home/a/.claude/projects", "/home/a/.codex"])
    #expect(places.protected == ["/home/a/.c", "/home/ab"])
  }

  @Test(
    "a protected place that is named itself is told as such",
    arguments: [
      ("/srv/b/.envrc", false, true), ("/srv/b/notes", false, false), ("/srv/b/.vscode/tasks.json", false, true),
      ("/srv/b/.vscode/other.json", false, false), ("/srv/b/.git/config", false, true), ("/srv/b/.git", false, true),
      ("/srv/b/.github/workflows/a.yml", false, true), ("/srv/b/.vscode", true, true), ("/srv/b/.claude", true, true),
      ("/srv/b/.github", true, true), ("/srv/b/.git/hooks", true, true), ("/srv/b/src", true, false),
    ])
  func named(_ path: String, _ isDirectory: Bool, _ isNamed: Bool) {
    let places = isDirectory ? places([path]) : places([], files: [path])
    #expect(places.named == (isNamed ? [path] : []))
  }

  @Test("what lies in a directory and is looked at by itself, or is free, is left out there")
  func excluded() {
    let places = places(["/srv", "/srv/b/c"], files: ["/srv/b/.envrc"], own: ["/srv/cache"])
    let roots = ["/home/a/work"] + places.protected
    let names = { (root: String) in places.excluded(from: root, among: roots).map(\.text).sorted() }
    #expect(names("/srv") == ["b/.envrc", "b/c", "cache"])
    #expect(names("/srv/b/c") == [])
  }
}
