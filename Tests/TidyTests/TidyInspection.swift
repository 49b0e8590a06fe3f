import Testing

/// All checks over one tree.
struct TidyInspection {
  let violations: [Violation]

  init(_ tree: SourceTree) throws {
    let house = House(page: try #require(tree["docs/architecture.md"], "docs/architecture.md holds the house").text)
    let manifest = Manifest(try #require(tree["Package.swift"]).text)
    let imports = ImportCheck(house: house, manifest: manifest)
    var violations = imports.violationsOfPlan() + PageCheck(tree: tree).violations
    for file in tree.swiftFiles(under: "Sources") {
      let room = String(file.path.split(separator: "/")[1])
      let text = SwiftText(file.text)
      violations += imports.violations(in: file.path, room: room, text)
      violations += LengthCheck.violations(in: file.path, text) + NameCheck.violations(in: file.path, room: room, text)
      violations += TrapCheck.violations(in: file.path, text) + DocumentationCheck.violations(in: file.path, text)
    }
    for file in tree.swiftFiles(under: "Tests") {
      let target = String(file.path.split(separator: "/")[1])
      let text = SwiftText(file.text)
      violations += imports.violations(in: file.path, testTarget: target, text)
      violations += LengthCheck.violations(in: file.path, text)
      violations += NameCheck.violations(in: file.path, room: nil, text)
    }
    violations += tree.files.flatMap(WordCheck.violations)
    violations += Self.untestedRooms(house, tree)
    self.violations = violations
  }

  /// A room with code has a test target with tests.
  static func untestedRooms(_ house: House, _ tree: SourceTree) -> [Violation] {
    house.rooms.values.sorted { $0.name < $1.name }.compactMap { room in
      let hasCode = tree.swiftFiles(under: "Sources/\(room.name)").contains { file in
        SwiftText(file.text).code.contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
      }
      let hasTests = tree.swiftFiles(under: "Tests/\(room.tests)").contains { $0.text.contains("@Test") }
      guard hasCode, !hasTests else { return nil }
      return Violation(
        rule: "untested", path: "Sources/\(room.name)", sentence: "no @Test in Tests/\(room.tests), named in the house")
    }
  }
}
