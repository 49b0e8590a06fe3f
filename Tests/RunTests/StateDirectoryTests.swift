internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Where state lies")
struct StateDirectoryTests {
  @Test(
    "SALLYPORT_HOME comes first, then XDG_STATE_HOME, then the home; an XDG_STATE_HOME that is no absolute path counts as not set",
    arguments: [
      ([:], "/home/u/.local/state/sallyport"),
      (["XDG_STATE_HOME": "/state"], "/state/sallyport"),
      (["XDG_STATE_HOME": "state"], "/home/u/.local/state/sallyport"),
      (["XDG_STATE_HOME": ""], "/home/u/.local/state/sallyport"),
      (["SALLYPORT_HOME": "/own"], "/own"),
      (["SALLYPORT_HOME": "/own", "XDG_STATE_HOME": "/state"], "/own"),
      (["SALLYPORT_HOME": ""], "/home/u/.local/state/sallyport"),
    ] as [([String: String], String)])
  func precedence(environment: [String: String], path: String) throws {
    #expect(try StateDirectory(environment: environment, home: "/home/u").path == path)
  }

  @Test("a relative SALLYPORT_HOME is refused, since it would be elsewhere in every directory")
  func relative() {
    let error = #expect(throws: RunError.self) {
      try StateDirectory(environment: ["SALLYPORT_HOME": "own", "XDG_STATE_HOME": "/state"], home: "/home/u")
    }
    #expect(error?.code == .usage)
    #expect(error?.description.contains("'own', which is no absolute path") == true)
  }

  @Test("the anchor lies outside the ledger that it guards")
  func anchor() throws {
    let state = try StateDirectory(environment: [:], home: "/home/u")
    #expect(!state.ledgerAnchor.hasPrefix("\(state.ledger)/"))
  }

  @Test("directories are made with their parents, for their owner alone")
  func made() throws {
    let place = try Place()
    let path = place.path("a/b/c")
    try StateDirectory.make(path)
    try StateDirectory.make(path)
    for directory in ["a", "a/b", "a/b/c"] {
      #expect(try place.permissions(place.path(directory)) == "700")
    }
  }

  @Test("a file where a directory should be is an error of state")
  func obstructed() throws {
    let place = try Place()
    try place.file("a")
    let error = #expect(throws: RunError.self) { try StateDirectory.make(place.path("a/b")) }
    #expect(error?.code == .state)
  }
}
