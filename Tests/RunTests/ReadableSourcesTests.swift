internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Run

@Suite("The files that count as read by an agent")
struct ReadableSourcesTests {
  private func sources(_ place: Place, startedBefore milliseconds: Int = 0) throws -> ReadableSources {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return ReadableSources(
      workspace: place.path("work"), granted: [place.path("notes")], own: [place.path("home/.agent")],
      installation: [place.path("notes/tool")],
      started: Timestamp(millisecondsSinceEpoch: Int64(now.tv_sec) * 1000 - Int64(milliseconds)))
  }

  @Test("what was granted counts, what the agent is made of and other places do not")
  func granted() throws {
    let sources = try sources(try Place())
    let place = try Place()
    #expect(!sources.covers(place.path("notes/a.md")))
    let own = try Place()
    let mine = try self.sources(own)
    #expect(mine.covers(own.path("work/node_modules/x/index.js")))
    #expect(mine.covers(own.path("notes/a.md")))
    #expect(!mine.covers(own.path("notes/tool/main.py")))
    #expect(!mine.covers(own.path("notes/venv/lib/site-packages/x.py")))
    #expect(!mine.covers("/tmp/a.md"))
  }

  @Test("of the agent's own files those count that were there before it began")
  func ownFiles() throws {
    let place = try Place()
    let file = try place.file("home/.agent/memory.md", "text")
    #expect(try sources(place, startedBefore: -10_000).covers(file))
    #expect(try !sources(place, startedBefore: 10_000).covers(file))
  }
}
