import Testing

/// Style that a test keeps needs no reviewer. Each check is proved able to fail in ``TidySelfTests``.
@Suite("The package is tidy")
struct TidyTests {
  @Test("every file, name, import, trap and page is as the style says, but for the exceptions on file")
  func style() throws {
    let tree = SourceTree.package
    let exceptions = Ratchet(try #require(tree[Ratchet.path]).text)
    let inspection = try TidyInspection(tree)
    let remaining = exceptions.remaining(of: inspection.violations).map(\.description)
    if !remaining.isEmpty { Issue.record("\(remaining.count) left:\n\(remaining.joined(separator: "\n"))") }
  }

  @Test("the inspection looks at the whole package")
  func completeness() throws {
    let tree = SourceTree.package
    #expect(tree.swiftFiles(under: "Sources").count > 20)
    #expect(tree["Package.swift"] != nil && tree["README.md"] != nil && tree["Makefile"] != nil)
    let house = House(page: try #require(tree["docs/architecture.md"]).text)
    #expect(house.rooms.count > 15)
    #expect(house.rooms["Ledger"]?.imports.contains("Evidence") == true)
    let manifest = Manifest(try #require(tree["Package.swift"]).text)
    #expect(manifest.targets["Wire"]?.isSuperset(of: ["Evidence", "NIOCore", "NIOSSL"]) == true)
    #expect(manifest.targets["CZlib"] == [])
    #expect(manifest.testTargets["LedgerTests"]?.contains("Ledger") == true)
  }
}
