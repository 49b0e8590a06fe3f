internal import Glibc
internal import Testing

@testable internal import Catalog
@testable internal import Run

@Suite("Reading an agent's release from what is installed")
struct InstalledVersionTests {
  private let place: Place
  private var home: String { place.path("home") }

  init() throws {
    place = try Place()
    place.directory("home")
  }

  private func version(_ way: VersionClue.Way, of program: String, searchPath: String = "/usr/bin:/bin") throws
    -> String?
  {
    let source = FactSource(from: "a test", evidence: .measured, version: "1", date: "2026-11-21")
    let found = try AgentProgram.find(program, searchPath: searchPath, home: home)
    return InstalledVersion.find([VersionClue(way: way, source: source)], of: found, home: home)
  }

  private func path(_ text: String) throws -> VersionClue.Way { .path(try #require(VersionPattern(text))) }

  private static func metadata(_ name: String, _ version: String) -> String {
    "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\nSummary: a tool\n\nName: other\nVersion: 9\n"
  }

  // MARK: The place of the installation

  @Test("the installer's directory bears the release's name")
  func installed() throws {
    let real = try place.program("home/.local/share/t/versions/2.1.63", "\u{7f}ELF")
    let link = try place.link("home/.local/bin/t", to: real)
    #expect(try version(path("~/.local/share/t/versions/{version}"), of: link) == "2.1.63")
  }

  @Test("a link on the way counts, and so does where all links end")
  func linked() throws {
    let real = try place.program("opt/t", "\u{7f}ELF")
    let middle = try place.link("home/t/3.4/t", to: real)
    let link = try place.link("home/bin/t", to: middle)
    #expect(try version(path("~/t/{version}"), of: link) == "3.4")
    #expect(try version(path("\(place.path("opt"))/t{version}"), of: link) == nil)
  }

  // MARK: npm

  @Test("the package.json of the known name above the real program says it")
  func npm() throws {
    try place.file("lib/node_modules/@a/t/package.json", #"{"name": "@a/t", "version": "1.2.3"}"#)
    try place.file("lib/node_modules/@a/t/dist/package.json", #"{"type": "module"}"#)
    let script = try place.program("lib/node_modules/@a/t/dist/cli.js", "#!/usr/bin/env node\n")
    let link = try place.link("bin/t", to: script)
    #expect(try version(.npm(package: "@a/t"), of: link) == "1.2.3")
    #expect(try version(.npm(package: "@b/t"), of: link) == nil)
  }

  @Test(
    "a package.json that is no such thing says nothing, and the one above is looked for",
    arguments: [
      "", "{", "[]", #"{"name": "other", "version": "9"}"#, #"{"name": ["t"], "version": "9"}"#,
      #"{"name": "t", "version": 9}"#, #"{"name": "t"}"#, #"{"name": "t", "version": "latest"}"#,
      #"{"name": "t", "version": "1\u001b[2J"}"#, String(repeating: "[", count: 100_000),
    ])
  func badPackage(text: String) throws {
    let program = try place.program("a/t")
    try place.file("a/package.json", text)
    #expect(try version(.npm(package: "t"), of: program) == nil)
  }

  @Test("a package.json of more bytes than any has, or of no text, says nothing")
  func hugePackage() throws {
    let program = try place.program("a/t")
    let text = #"{"name": "t", "version": "1.0", "x": ""#
    try place.file("a/package.json", text + String(repeating: "x", count: RunLimits.packageFileBytes) + #""}"#)
    #expect(try version(.npm(package: "t"), of: program) == nil)
    try place.file("a/package.json", text + "\"}")
    #expect(try version(.npm(package: "t"), of: program) == "1.0")
    let file = try #require(fopen(place.path("a/package.json"), "w"))
    fputs(#"{"name": "t", "version": "1.0", "x": ""#, file)
    fputc(0xff, file)
    fputs("\"}", file)
    fclose(file)
    #expect(try version(.npm(package: "t"), of: program) == nil)
  }

  @Test("a package.json that is a pipe, a directory or a circle of links is not waited for")
  func strangePackage() throws {
    let program = try place.program("a/b/c/t")
    try #require(mkfifo(place.path("a/package.json"), 0o600) == 0)
    place.directory("a/b/package.json")
    try place.link("a/b/c/package.json", to: "package.json")
    #expect(try version(.npm(package: "t"), of: program) == nil)
  }

  // MARK: Python

  @Test("METADATA in the environment of the script's interpreter says it")
  func virtualEnvironment() throws {
    let python = try place.program("venv/bin/python", "\u{7f}ELF")
    try place.file("venv/pyvenv.cfg", "home = /usr/bin\n")
    try place.file(
      "venv/lib/python3.12/site-packages/a_tool-0.86.2.dist-info/METADATA", Self.metadata("a.Tool", "0.86.2"))
    // The script's own prefix has another one, which the interpreter never sees.
    try place.file("lib/python3.12/site-packages/a_tool-0.1.dist-info/METADATA", Self.metadata("a-tool", "0.1"))
    let script = try place.program("bin/tool", "#!\(python)\nimport tool\n")
    #expect(try version(.python(distribution: "a-tool"), of: script) == "0.86.2")
    #expect(try version(.python(distribution: "tool"), of: script) == nil)
  }

  @Test("a link into a tool's own environment leads there")
  func toolEnvironment() throws {
    let python = try place.link("home/.local/share/uv/tools/t/bin/python", to: "/bin/sh")
    try place.file("home/.local/share/uv/tools/t/pyvenv.cfg", "home = /usr/bin\n")
    try place.file(
      "home/.local/share/uv/tools/t/lib/python3.13/site-packages/t-2.4.6.dist-info/METADATA",
      Self.metadata("t", "2.4.6"))
    let script = try place.program("home/.local/share/uv/tools/t/bin/t", "#!\(python)\n")
    let link = try place.link("home/.local/bin/t", to: script)
    #expect(try version(.python(distribution: "t"), of: link) == "2.4.6")
  }

  @Test("a user's own packages come before those of the system's Python")
  func userSite() throws {
    let python = try place.program("sys/bin/python3", "\u{7f}ELF")
    try place.file("sys/lib/python3/dist-packages/t-1.0.dist-info/METADATA", Self.metadata("t", "1.0"))
    let script = try place.program("home/.local/bin/t", "#!\(python)\n")
    #expect(try version(.python(distribution: "t"), of: script) == "1.0")
    try place.file(
      "home/.local/lib/python3.11/site-packages/t-2.0.dist-info/METADATA", Self.metadata("t", "2.0"))
    #expect(try version(.python(distribution: "t"), of: script) == "2.0")
  }

  @Test("a program without an interpreter of its own has the packages beside it")
  func wheelOfBinary() throws {
    let program = try place.program("venv/bin/t", "\u{7f}ELF")
    try place.file(
      "venv/lib/python3.12/site-packages/t_bin-0.163.0.dist-info/METADATA", Self.metadata("t-bin", "0.163.0"))
    #expect(try version(.python(distribution: "t-bin"), of: program) == "0.163.0")
  }

  @Test(
    "METADATA that is another's, empty or hostile says nothing",
    arguments: [
      "", "\n\n", "Name: t\n", "Version: 1\n", "Name: other\nVersion: 1\n", "Name: t\nVersion: \u{1b}[2J\n",
      "\nName: t\nVersion: 1\n", "Name t\nVersion 1\n",
      String(repeating: "x", count: 200_000) + "\nName: t\nVersion: 1\n",
    ])
  func badMetadata(text: String) throws {
    let program = try place.program("venv/bin/t")
    try place.file("venv/lib/python3.12/site-packages/t-1.dist-info/METADATA", text)
    #expect(try version(.python(distribution: "t"), of: program) == nil)
  }

  @Test("a line that is no UTF-8 does not hide the others; a circle of links and a missing file say nothing")
  func strangeMetadata() throws {
    let program = try place.program("venv/bin/t")
    let packages = "venv/lib/python3.12/site-packages"
    try place.link("\(packages)/t-3.dist-info/METADATA", to: "METADATA")
    try place.link("\(packages)/t-4.dist-info", to: "t-4.dist-info")
    place.directory("\(packages)/t-5.dist-info")
    #expect(try version(.python(distribution: "t"), of: program) == nil)
    let path = try place.file("\(packages)/t-6.dist-info/METADATA")
    let file = try #require(fopen(path, "w"))
    fputs("Author: ", file)
    fputc(0xff, file)
    fputs("\r\nName: t\r\nVersion: 6\r\n", file)
    fclose(file)
    #expect(try version(.python(distribution: "t"), of: program) == "6")
  }

  @Test("the first clue that answers is believed")
  func order() throws {
    let program = try place.program("home/t/7/t")
    try place.file("home/t/7/package.json", #"{"name": "t", "version": "8"}"#)
    let source = FactSource(from: "a test", evidence: .measured, version: "1", date: "2026-11-21")
    let found = try AgentProgram.find(program, searchPath: "", home: home)
    let clues: [VersionClue.Way] = [
      .userAgent(try #require(VersionPattern("t/{version}"))), .python(distribution: "t"),
      try path("~/t/{version}"), .npm(package: "t"),
    ]
    #expect(
      InstalledVersion.find(clues.map { VersionClue(way: $0, source: source) }, of: found, home: home) == "7")
  }
}
