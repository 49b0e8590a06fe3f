internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Keys in files")
struct KeyFileTests {
  private let place: Place
  private var path: String { place.path("key") }

  init() throws { place = try Place() }

  @Test("a key is 32 bytes that only its owner can read, and nothing is left beside it")
  func made() throws {
    let key = try KeyFile.loadOrCreate(path)
    #expect(key.count == 32)
    #expect(Set(key).count > 1)
    #expect(try place.permissions(path) == "600")
    #expect(try place.names() == ["key"])
  }

  @Test("a key is made once")
  func kept() throws {
    let key = try KeyFile.loadOrCreate(path)
    #expect(try KeyFile.loadOrCreate(path) == key)
    #expect(try KeyFile.loadOrCreate(place.path("other")) != key)
  }

  @Test("a key that others can reach is refused", arguments: [0o640, 0o604, 0o660, 0o602] as [mode_t])
  func loose(mode: mode_t) throws {
    _ = try KeyFile.loadOrCreate(path)
    chmod(path, mode)
    let error = #expect(throws: RunError.self) { try KeyFile.loadOrCreate(path) }
    #expect(error?.code == .state)
    #expect(error?.place == path)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("a file shorter than a key is refused")
  func short() throws {
    try place.file("key", "short", mode: 0o600)
    #expect(throws: RunError.self) { try KeyFile.loadOrCreate(path) }
  }

  @Test("a link in a key's place is not followed")
  func link() throws {
    _ = try KeyFile.loadOrCreate(place.path("elsewhere"))
    try place.link("key", to: place.path("elsewhere"))
    #expect(throws: RunError.self) { try KeyFile.loadOrCreate(path) }
  }

  @Test("all who ask at once get one key")
  func concurrent() async throws {
    let path = path
    let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<32 { group.addTask { try KeyFile.loadOrCreate(path) } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
    #expect(try place.names() == ["key"])
  }

  @Test("what a process left behind that ended midway does not stand in the way")
  func leftover() throws {
    try place.file("key.\(getpid())", "half", mode: 0o600)
    #expect(try KeyFile.loadOrCreate(path).count == 32)
  }

  @Test("where no file can be made, the error says where and what to do")
  func nowhere() {
    let error = #expect(throws: RunError.self) { try KeyFile.loadOrCreate("/no/such/directory/key") }
    #expect(error?.code == .state)
    #expect(error?.description.hasPrefix("/no/such/directory/key: ") == true)
  }
}
