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

  @Test("what was noted is found, each once, as long as it is there")
  func states() throws {
    let register = try #require(opened())
    for name in ["one", "two", "one"] { register.note(StateDirectory(path: place.directory(name))) }
    #expect(Set(register.states().map(\.path)) == [place.path("one"), place.path("two")])
    rmdir(place.path("two"))
    #expect(register.states().map(\.path) == [place.path("one")])
    #expect(try place.names("session/sallyport").count == 1)
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
    for name in ["workspace/state", "state"] { register.note(StateDirectory(path: place.directory(name))) }
    #expect(register.states().map(\.path) == [place.path("state")])
  }
}
