internal import Testing

@testable internal import Run

@Suite("Finding the agent's program and what it needs")
struct AgentProgramTests {
  private let place: Place
  private var home: String { place.path("home") }

  init() throws {
    place = try Place()
    place.directory("home")
  }

  private func find(_ name: String, searchPath: String = "/usr/bin:/bin") throws -> AgentProgram {
    try AgentProgram.find(name, searchPath: searchPath, home: home)
  }

  @Test("the first executable file on PATH is taken")
  func searchPath() throws {
    place.directory("one/tool")
    try place.file("two/tool", "#!/bin/sh\n")
    let wanted = try place.program("three/tool")
    try place.program("four/tool")
    let path = ["one", "two", "three", "four"].map(place.path).joined(separator: ":")
    #expect(try find("tool", searchPath: path).path == wanted)
  }

  @Test("an empty or relative part of PATH does not stand for the working directory")
  func relativeSearchPath() throws {
    #expect(throws: RunError.self) { try find("Package.swift", searchPath: ":.:") }
  }

  @Test(
    "a program that is not there is said to be missing, by its name", arguments: ["no-such-tool", "/no/such/tool", ""])
  func missing(name: String) throws {
    let error = #expect(throws: RunError.self) { try find(name) }
    #expect(error?.code == .programMissing)
    #expect(error?.place == name)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("a directory and a file without its execute bit are no programs")
  func notExecutable() throws {
    let plain = try place.file("plain", "#!/bin/sh\n")
    #expect(throws: RunError.self) { try find(plain) }
    #expect(throws: RunError.self) { try find(home) }
  }

  @Test("a system program asks for nothing beyond the system")
  func system() throws {
    #expect(try find("sh").reads.isEmpty)
  }

  @Test("the prefix above bin is granted, where it is one installation")
  func prefix() throws {
    let program = try place.program("tools/agent-1.2/bin/agent")
    #expect(try find(program).reads == [place.path("tools/agent-1.2")])
  }

  @Test("links are followed to where the code lies, and the program keeps its own name")
  func links() throws {
    try place.program("home/.local/share/agent/1.2/bin/agent", "\u{7f}ELF")
    let link = try place.link("home/.local/bin/agent", to: "../share/agent/1.2/bin/agent")
    let found = try find(link)
    #expect(found.path == link)
    #expect(found.reads == [link, place.path("home/.local/share/agent/1.2")])
  }

  @Test("a circle of links ends")
  func circle() throws {
    try place.link("loop/a", to: place.path("loop/b"))
    try place.link("loop/b", to: place.path("loop/a"))
    #expect(throws: RunError.self) { try find(place.path("loop/a")) }
  }

  @Test("a script that names itself as its interpreter ends")
  func selfInterpreted() throws {
    let path = place.path("own/bin/tool")
    try place.program("own/bin/tool", "#!\(path)\n")
    #expect(try find(path).reads == [place.path("own")])
  }

  @Test("the chain of interpreters is followed to its end")
  func shebangs() throws {
    let engine = try place.program("engine/bin/engine", "\u{7f}ELF")
    let runner = try place.program("runner/bin/runner", "#!\(engine)\n")
    let tool = try place.program("tool/bin/tool", "#! \(runner) --flag\n")
    #expect(Set(try find(tool).reads) == Set(["tool", "runner", "engine"].map(place.path)))
  }

  @Test("the interpreter that env finds on PATH is granted too")
  func env() throws {
    try place.program("node/bin/node", "\u{7f}ELF")
    let tool = try place.program("tool/bin/tool", "#!/usr/bin/env node\n")
    let path = "\(place.path("node/bin")):/usr/bin:/bin"
    #expect(Set(try find(tool, searchPath: path).reads) == Set(["tool", "node"].map(place.path)))
    let split = try place.program("split/bin/tool", "#!/usr/bin/env -S node --quiet\n")
    #expect(Set(try find(split, searchPath: path).reads) == Set(["split", "node"].map(place.path)))
  }

  @Test(
    "a program in a directory shared with everything else is granted alone",
    arguments: ["home/.local/bin/tool", "home/bin/tool", "home/tool", "tool", "bin/tool"])
  func alone(name: String) throws {
    let program = try place.program(name)
    #expect(try find(program).reads == [program])
  }

  @Test("a virtual environment brings the Python that it was made from")
  func virtualEnvironment() throws {
    try place.program("python-3.12/bin/python3.12", "\u{7f}ELF")
    try place.file("venv/pyvenv.cfg", "home = \(place.path("python-3.12/bin"))\nversion = 3.12.4\n")
    let python = try place.link("venv/bin/python", to: place.path("python-3.12/bin/python3.12"))
    let tool = try place.program("venv/bin/tool", "#!\(python)\n")
    #expect(Set(try find(tool).reads) == Set(["venv", "python-3.12"].map(place.path)))
  }

  @Test("a virtual environment made from ~/.local/bin does not open ~/.local")
  func narrowVirtualEnvironment() throws {
    try place.file("venv/pyvenv.cfg", "home = \(home)/.local/bin\n")
    let tool = try place.program("venv/bin/tool")
    #expect(try find(tool).reads == [place.path("venv"), "\(home)/.local/bin"])
  }
}
