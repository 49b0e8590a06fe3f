internal import Testing

@testable internal import Run

@Suite("What a run has on disk while it lives")
struct LiveDirectoryTests {
  @Test("runs that begin at the same time each get theirs, though each removes what earlier ones left")
  func together() async throws {
    let place = try Place()
    let parent = place.path("live")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for runner in 0..<4 {
        group.addTask {
          for number in 0..<300 {
            let live = try LiveDirectory(in: parent, run: "r_\(runner)_\(number)")
            #expect(LiveDirectory.isLocked(live.path))
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
