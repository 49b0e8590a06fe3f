internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Where runs find the state of other runs")
struct StateRegisterTests {
  private let place: Place
  private let session: String

  init() throws {
    place = try Place()
    session = place.directory("session")
    chmod(session, 0o700)
  }

  private func opened(changeable: [String] = []) -> StateRegister? {
    StateRegister(environment: ["XDG_RUNTIME_DIR": session], changeable: changeable)
  }

  /// A run that lives for as long as what this gives.
  private func run(_ run: String, in name: String, _ register: StateRegister) throws -> LiveDirectory {
    let state = StateDirectory(path: place.directory(name))
    let live = try LiveDirectory(in: state.live, run: run)
    register.note(run, in: state)
    return live
  }

  @Test("states of runs under way are found, each once, and of those that ended nothing is kept")
  func states() throws {
    let register = try #require(opened())
    let runs = try [("r_1", "one"), ("r_2", "two"), ("r_3", "one")].map { try run($0, in: $1, register) }
    #expect(Set(register.states().map(\.path)) == [place.path("one"), place.path("two")])
    runs[1].remove()
    #expect(register.states().map(\.path) == [place.path("one")])
    register.remove("r_1")
    #expect(try place.names("session/sallyport") == ["r_3"])
    withExtendedLifetime(runs) {}
  }

  @Test("a run is found however many were killed before it")
  func killed() throws {
    let register = try #require(opened())
    for number in 0..<300 { try run("r_\(number)", in: "state", register).remove() }
    let last = try run("r_last", in: "state", register)
    #expect(register.states().map(\.path) == [place.path("state")])
    withExtendedLifetime(last) {}
  }

  @Test("a run whose state cannot be looked at from here is left alone")
  func elsewhere() throws {
    let register = try #require(opened())
    let live = try run("r_1", in: "state", register)
    let away = place.path("away")
    try #require(rename(place.path("state"), away) == 0)
    #expect(register.states().isEmpty)
    try #require(rename(away, place.path("state")) == 0)
    #expect(register.states().map(\.path) == [place.path("state")])
    withExtendedLifetime(live) {}
  }

  @Test("what is being written is left alone")
  func draft() throws {
    let register = try #require(opened())
    _ = try place.file("session/sallyport/.r_1.2", "/")
    #expect(register.states().isEmpty)
    #expect(try place.names("session/sallyport") == [".r_1.2"])
  }

  @Test("a directory that others can read, or a link, is none; nor is one that an agent can write to")
  func refused() throws {
    #expect(opened(changeable: [place.root]) == nil)
    let directory = place.directory("session/sallyport")
    chmod(directory, 0o755)
    #expect(opened() == nil)
    rmdir(directory)
    chmod(place.directory("elsewhere"), 0o700)
    try place.link("session/sallyport", to: place.path("elsewhere"))
    #expect(opened() == nil)
  }

  @Test("a state directory that an agent of this run can write to is left out")
  func within() throws {
    let register = try #require(opened(changeable: [place.path("workspace")]))
    let runs = try [("r_1", "workspace/state"), ("r_2", "state")].map { try run($0, in: $1, register) }
    #expect(register.states().map(\.path) == [place.path("state")])
    withExtendedLifetime(runs) {}
  }
}
