internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Canaries that were planted")
struct CanaryStoreTests {
  private let place: Place
  private let store: CanaryStore
  private let now = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)

  init() throws {
    place = try Place()
    store = try CanaryStore(StateDirectory(environment: ["SALLYPORT_HOME": place.path("state")], home: "/"))
  }

  private func text(_ name: String) -> String { FilePaths.read(place.path(name), limit: 1 << 16) ?? "" }

  @Test("a canary is written into a new file and kept where only its owner reads")
  func planted() throws {
    let canary = try store.plant(.aws, label: "build", at: place.path("a.txt"), appends: false, now: now)
    #expect(canary.tokenBytes.count == 2)
    for token in canary.tokenBytes { #expect(text("a.txt").contains(String(decoding: token, as: UTF8.self))) }
    let kept = try store.canaries()
    #expect(kept.map(\.id) == [canary.id])
    #expect(kept.map(\.path) == [place.path("a.txt")])
    #expect(kept.map(\.tokenBytes) == [canary.tokenBytes])
    #expect(kept.map(\.label) == ["build"] && kept.map(\.planted) == [now])
    #expect(try place.permissions(place.path("state/canaries/planted.json")) == "600")
    #expect(!"\(canary)".contains(String(decoding: canary.tokenBytes[0], as: UTF8.self)))
  }

  @Test("a directory gets a file that looks worth opening")
  func directory() throws {
    place.directory("deploy")
    let canary = try store.plant(.github, label: nil, at: place.path("deploy"), appends: false, now: now)
    #expect(canary.path == place.path("deploy/github.env"))
    #expect(text("deploy/github.env").hasPrefix("GITHUB_TOKEN=ghp_"))
  }

  @Test("a file that is there is not changed, nor followed as a link, and nothing is kept of the attempt")
  func existing() throws {
    try place.file("a.txt", "mine")
    try place.link("link", to: place.path("nowhere"))
    for name in ["a.txt", "link"] {
      let error = #expect(throws: RunError.self) {
        try store.plant(.generic, label: nil, at: place.path(name), appends: false, now: now)
      }
      #expect(error?.code == .state)
    }
    #expect(text("a.txt") == "mine")
    #expect(try store.canaries().isEmpty)
    #expect(try place.names() == ["a.txt", "link"])
  }

  @Test("a directory that is not there is named as that", arguments: ["absent/a.txt", "absent/"])
  func absentDirectory(_ name: String) throws {
    let error = #expect(throws: RunError.self) {
      try store.plant(.generic, label: nil, at: "\(place.path("absent"))\(name.dropFirst(6))", appends: false, now: now)
    }
    #expect(error?.description.contains("No such file or directory. Make its directory first") == true)
  }

  @Test("where the file cannot be made, the canary is forgotten again")
  func unwritable() throws {
    #expect(throws: RunError.self) {
      try store.plant(.generic, label: nil, at: place.path("absent/a.txt"), appends: false, now: now)
    }
    #expect(try store.canaries().isEmpty)
  }

  @Test("what is added begins a line of its own, and only to a file that is there")
  func appended() throws {
    try place.file("notes.md", "# Notes\nno end of line")
    _ = try store.plant(.document, label: nil, at: place.path("notes.md"), appends: true, now: now)
    #expect(text("notes.md").hasPrefix("# Notes\nno end of line\nThe figures"))
    let error = #expect(throws: RunError.self) {
      try store.plant(.document, label: nil, at: place.path("absent.md"), appends: true, now: now)
    }
    #expect(error?.code == .programMissing)
    #expect(try store.canaries().count == 1)
  }

  @Test("a canary that is removed is looked for no more, and its file stays")
  func removed() throws {
    let first = try store.plant(.generic, label: nil, at: place.path("a"), appends: false, now: now)
    let second = try store.plant(.generic, label: nil, at: place.path("b"), appends: false, now: now)
    #expect(try store.remove(first.id).id == first.id)
    #expect(try store.canaries().map(\.id) == [second.id])
    #expect(try place.names() == ["a", "b", "state"])
    #expect(throws: RunError.self) { try store.remove(first.id) }
  }

  @Test(
    "a file that is damaged is said to be, and is not taken for an empty one",
    arguments: ["", "{", "{}", "{\"version\":2,\"canaries\":[]}", "{\"version\":1,\"canaries\":[{}]}"])
  func damaged(_ content: String) throws {
    try place.file("state/canaries/planted.json", content, mode: 0o600)
    let error = #expect(throws: RunError.self) { try store.canaries() }
    #expect(error?.code == .broken)
    #expect(throws: RunError.self) {
      try store.plant(.generic, label: nil, at: place.path("a"), appends: false, now: now)
    }
    #expect(try place.names() == ["state"])
  }

  @Test("a file that others can read is refused")
  func readable() throws {
    _ = try store.plant(.generic, label: nil, at: place.path("a"), appends: false, now: now)
    chmod(place.path("state/canaries/planted.json"), 0o644)
    #expect(#expect(throws: RunError.self) { try store.canaries() }?.code == .state)
  }

  @Test("of all who plant at once none is lost")
  func concurrent() async throws {
    let (store, place, now) = (store, place, now)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<24 {
        group.addTask {
          _ = try store.plant(.generic, label: nil, at: place.path("f\(number)"), appends: false, now: now)
        }
      }
      try await group.waitForAll()
    }
    #expect(Set(try store.canaries().map(\.path)).count == 24)
  }
}
