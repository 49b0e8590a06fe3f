internal import Evidence
internal import Testing

@testable internal import Run

@Suite("Which run is watched")
struct WatchChoiceTests {
  private static func run(_ id: String, _ workspace: String?) throws -> LiveRun {
    LiveRun(
      id: try #require(RunID("r_" + id + String(repeating: "0", count: 16 - id.count))), directory: "/live/\(id)",
      workspace: workspace, agent: "claude-code 1.0", started: Timestamp(millisecondsSinceEpoch: 0))
  }

  @Test("the one whose workspace is the directory or around it, and of those the nearest")
  func around() throws {
    let (outer, inner) = (try Self.run("a", "/home/u/w"), try Self.run("b", "/home/u/w/sub"))
    let other = try Self.run("c", "/home/u/w2")
    let all = [outer, inner, other]
    #expect(WatchChoice(among: all, named: nil, in: "/home/u/w") == .run(outer))
    #expect(WatchChoice(among: all, named: nil, in: "/home/u/w/sub/deep") == .run(inner))
    #expect(WatchChoice(among: all, named: nil, in: "/home/u/w2") == .run(other))
    #expect(WatchChoice(among: all, named: nil, in: "/home/u") == .several(all))
  }

  @Test("the only one, wherever one is; of several in one workspace none is guessed")
  func only() throws {
    let (one, two) = (try Self.run("a", "/w"), try Self.run("b", "/w"))
    #expect(WatchChoice(among: [one], named: nil, in: "/elsewhere") == .run(one))
    #expect(WatchChoice(among: [one, two], named: nil, in: "/w") == .several([one, two]))
    #expect(WatchChoice(among: [], named: nil, in: "/w") == .none)
    #expect(WatchChoice(among: [try Self.run("c", nil)], named: nil, in: "/w") == .run(try Self.run("c", nil)))
  }

  @Test("the one that is named, by the beginning of its identifier with r_ or without")
  func named() throws {
    let (one, two) = (try Self.run("ab1", "/w"), try Self.run("ab2", "/w"))
    #expect(WatchChoice(among: [one, two], named: "ab1", in: "/w") == .run(one))
    #expect(WatchChoice(among: [one, two], named: "r_ab2", in: "/") == .run(two))
    #expect(WatchChoice(among: [one, two], named: "ab", in: "/w") == .several([one, two]))
    #expect(WatchChoice(among: [one, two], named: "zz", in: "/w") == .none)
  }

  @Test("where it cannot be told, what is under way is said, and how to name one")
  func sentences() throws {
    let runs = try (1...9).map { try Self.run("a\($0)", "/w\($0)") }
    let error = WatchChoice.ambiguity(runs)
    #expect(error.code == .usage)
    #expect(error.description.contains("claude-code 1.0 in /w1, since 1970-01-01T00:00:00.000Z"))
    #expect(error.description.contains("and 1 more"))
    #expect(error.description.contains("sallyport watch \(runs[0].id)"))
    #expect(WatchChoice.absence(of: nil, others: []).code == .nothingUnderWay)
    #expect(WatchChoice.absence(of: "r_x", others: runs).description.contains(runs[0].id.text))
  }
}
