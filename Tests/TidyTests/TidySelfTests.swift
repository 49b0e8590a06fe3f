import Testing

/// Each check finds what it is there to find; a check that cannot fail keeps nothing.
@Suite("The tidy checks can fail")
struct TidySelfTests {
  static let house = House(
    page: """
      | room | floor | may import | outside | tests |
      | --- | --- | --- | --- | --- |
      | `CZlib` | 0 |  |  | `CompressionTests` |
      | `Evidence` | 0 |  |  | `EvidenceTests` |
      | `Ledger` | 1 | `Evidence` | `Crypto` | `LedgerTests` |
      | `Policy` | 1 | `Evidence` |  | `PolicyTests` |
      | `Run` | 4 | `Ledger` `Policy` `CZlib` | `Foundation` | `RunTests` |
      """)
  static let manifest = Manifest(
    """
    extension Target.Dependency {
      static let crypto = product(name: "Crypto", package: "swift-crypto")
    }
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .room("Evidence"),
    .room("Ledger", ["Evidence", .crypto], resources: [.copy("Resources")]),
    // .room("Ghost"),
    .room(
      "Policy",
      [
        "Evidence",
      ]),
    .executableTarget(name: "Run", dependencies: ["Ledger", "Policy", "CZlib"], swiftSettings: strict),
    .tests("LedgerTests", ["Ledger"], exclude: ["Vectors"]),
    """)

  private func rules(_ violations: [Violation]) -> [String] { violations.map(\.rule) }

  @Test("the house and the manifest are read as they are written")
  func reading() {
    #expect(Self.house.rooms["Run"]?.imports == ["Ledger", "Policy", "CZlib"])
    #expect(Self.house.rooms["Run"]?.floor == 4)
    #expect(Self.manifest.targets["Ledger"] == ["Evidence", "Crypto"])
    #expect(Self.manifest.targets["Policy"] == ["Evidence"])
    #expect(Self.manifest.targets["Run"] == ["Ledger", "Policy", "CZlib"])
    #expect(Self.manifest.targets["CZlib"] == [])
    #expect(Self.manifest.targets["Ghost"] == nil)
    #expect(Self.manifest.testTargets["LedgerTests"] == ["Ledger"])
  }

  @Test(
    "an import that runs up, sideways, out of the house or without access level is found",
    arguments: [
      ("internal import Evidence", []), ("package import Evidence\ninternal import Glibc", []),
      ("internal import struct Crypto.SHA256", []), ("import Evidence", ["import-access"]),
      ("internal import Policy", ["import-direction"]), ("internal import Run", ["import-direction"]),
      ("internal import Foundation", ["import-direction"]), ("@_exported import Evidence", ["import-access"]),
      ("// import Policy", []), ("let text = \"import Policy\"", []),
    ])
  func imports(code: String, expected: [String]) {
    let check = ImportCheck(house: Self.house, manifest: Self.manifest)
    #expect(rules(check.violations(in: "a.swift", room: "Ledger", SwiftText(code))) == expected)
  }

  @Test("a room without a row, and an import without a dependency, are found")
  func undeclared() {
    let check = ImportCheck(house: Self.house, manifest: Manifest(".room(\"Ledger\")"))
    let text = SwiftText("internal import Evidence")
    #expect(rules(check.violations(in: "a.swift", room: "Attic", text)) == ["house"])
    #expect(rules(check.violations(in: "a.swift", room: "Ledger", text)) == ["import-undeclared"])
    #expect(rules(check.violations(in: "a.swift", testTarget: "LedgerTests", text)) == ["import-undeclared"])
  }

  @Test("a plan that differs from the manifest, runs up or carries C too high is found")
  func plan() {
    let sentences = ImportCheck(house: Self.house, manifest: Self.manifest).violationsOfPlan().map(\.sentence)
    #expect(sentences == ["Run on floor 4 imports the C shim CZlib"])
    let up = House(page: "| `A` | 1 | `B` |  | `T` |\n| `B` | 2 |  |  | `T` |")
    let manifest = Manifest(".room(\"A\", [\"B\", \"X\"]), .room(\"C\")")
    #expect(
      ImportCheck(house: up, manifest: manifest).violationsOfPlan().map(\.sentence) == [
        "C is a target without a row in the table", "Package.swift lets A import X, the table does not",
        "A on floor 1 imports up: B", "B has a row and is no target of Package.swift",
      ])
  }

  @Test("long files and functions are found, with what they are called")
  func lengths() {
    let filler = String(repeating: "    work()\n", count: 69)
    let long = "struct A {\n  func fine() {\n\(filler)  }\n}\n"
    #expect(rules(LengthCheck.violations(in: "a.swift", SwiftText(long))) == ["function-length"])
    #expect(LengthCheck.violations(in: "a.swift", SwiftText(long)).map(\.place) == ["a.swift#fine"])
    let shorter = "struct A {\n  func fine() {\n\(filler.dropFirst(11))  }\n}\n"
    #expect(LengthCheck.violations(in: "a.swift", SwiftText(shorter)).isEmpty)
    let lines = SwiftText(String(repeating: "// why\n", count: 401))
    #expect(rules(LengthCheck.violations(in: "a.swift", lines)) == ["file-length"])
    #expect(LengthCheck.violations(in: "a.swift", SwiftText(String(repeating: "\n", count: 400))).isEmpty)
  }

  @Test("the bodies of functions are found in any shape of signature, and only theirs")
  func bodies() {
    let code = #"""
      protocol P {
        func required(_ body: (Int) -> Void) -> [Int]
        var stored: Int { get }
      }
      func generic<A>(
        _ a: A = { 1 }()
      ) -> A
      where A: P {
        let text = "} \(a.map { "}" }) {"
        // }
        return a
      }
      struct S {
        var table = [1: {
          2
        }]
        init?(_ x: Int) throws(E) {
          self.init()
        }
        var computed: Int {
          1
        }
        subscript(i: Int) -> Int { i }
        deinit {
        }
      }
      """#
    let bodies = Declarations(SwiftText(code)).bodies.map { "\($0.name) \($0.line) \($0.lineCount)" }
    #expect(bodies == ["stored 3 1", "generic<A> 5 8", "init 17 3", "computed 20 3", "subscript 23 1", "deinit 24 2"])
  }

  @Test(
    "names that say nothing are found in types and paths",
    arguments: [
      ("a.swift", "struct SessionManager {}", ["banned-name"]), ("a.swift", "enum HTTPUtils {}", ["banned-name"]),
      ("a.swift", "final class Policy {}", ["module-name"]), ("a.swift", "struct Score: Scored {}", []),
      ("a.swift", "// struct Helper", []), ("Sources/X/Core/a.swift", "", ["banned-name"]),
      ("Sources/X/Foo+Helpers.swift", "", ["banned-name"]), ("Sources/X/Scores.swift", "let core = 1", []),
    ])
  func names(path: String, code: String, expected: [String]) {
    #expect(rules(NameCheck.violations(in: path, room: "Policy", SwiftText(code))) == expected)
  }

  @Test(
    "what traps without a proof is found",
    arguments: [
      ("let a = b!", true), ("let a = b!.c", true), ("f()!", true), ("a[0]! += 1", true), ("var a: String!", true),
      ("try! f()", true), ("a as! B", true), ("fatalError(\"x\")", true), ("preconditionFailure()", true),
      ("struct A: @unchecked Sendable {}", true), ("nonisolated(unsafe) var a = 1", true), ("\"a\"!", true),
      ("\"\\(a!)\"", true), ("let a = b! // b was set above", false), ("// b was set above\nlet a = b!", false),
      ("// far\n\nlet a = b!", true), ("a != b", false), ("a!=b", false), ("!a", false), ("if !a {", false),
      ("a !== b", false), ("(!a)", false), ("let a = \"stop!\"", false), ("let a = #\"b!\"#", false),
      ("\"\"\"\nstop!\n\"\"\"", false), ("/* a! */ b()", false), ("[!a, !b]", false),
    ])
  func traps(code: String, isFound: Bool) {
    #expect(TrapCheck.violations(in: "a.swift", SwiftText(code)).isEmpty != isFound)
  }

  @Test(
    "what other rooms see without a word about it, and what is public, is found",
    arguments: [
      ("package struct A {}", ["undocumented"]), ("\npackage final class A {}", ["undocumented"]),
      ("@frozen\npackage enum A {}", ["undocumented"]), ("package func f() {}", ["undocumented"]),
      ("/// Is.\npackage struct A {}", []), ("/// Is.\n@frozen\npackage struct A {}", []),
      ("// Is.\npackage struct A {}", ["undocumented"]), ("package extension A {}", []), ("struct A {}", []),
      ("package import A", []), ("public struct A {}", ["public"]), ("  public var a: Int", ["public"]),
      ("public import A", []), ("open class A {}", ["public"]), ("open(path, O_RDONLY)", []),
    ])
  func documentation(code: String, expected: [String]) {
    #expect(rules(DocumentationCheck.violations(in: "a.swift", SwiftText(code))) == expected)
  }

  @Test(
    "unfinished work and places of one machine are found",
    arguments: [
      ("// TO" + "DO: later", ["unfinished"]), ("# FIX" + "ME", ["unfinished"]), ("a TO" + "DOs b", []),
      ("cd /wo" + "rk/main", ["machine-path"]), ("HOME=/ro" + "ot/x", ["machine-path"]),
      ("s" + "b swift build", ["machine-path"]), (".build/release", []), ("~/wo" + "rk/x", []), ("net/wo" + "rk", []),
    ])
  func words(line: String, expected: [String]) {
    #expect(rules(WordCheck.violations(in: .init(path: "a.md", text: "fine\n" + line))) == expected)
  }

  @Test("pages that nobody links to, links to nowhere and a long README are found")
  func pages() {
    let tree = SourceTree(files: [
      .init(path: "README.md", text: String(repeating: "\n", count: 150) + "[a](docs/a.md#x) [w](https://w.example)"),
      .init(path: "docs/README.md", text: "[a](a.md) [up](../README.md) [gone](b/gone.md)"),
      .init(path: "docs/a.md", text: "[me](./a.md)"), .init(path: "docs/lost.md", text: ""),
    ])
    #expect(
      PageCheck(tree: tree).violations.map(\.description) == [
        "docs/README.md:1: links to b/gone.md, which is not there [page]",
        "docs/lost.md:0: not linked from docs/README.md [page]",
        "README.md:0: 151 lines: keep it under 150 [readme]",
      ])
    #expect(rules(PageCheck(tree: SourceTree(files: [])).violations) == ["page", "readme"])
  }

  @Test("a room with code and no test is found, an empty one is not")
  func untested() {
    let tree = SourceTree(files: [
      .init(path: "Sources/Ledger/A.swift", text: "struct A {}"),
      .init(path: "Sources/Policy/A.swift", text: "// Soon."),
      .init(path: "Sources/Run/A.swift", text: "struct A {}"),
      .init(path: "Tests/RunTests/A.swift", text: "@Test func a"),
    ])
    #expect(TidyInspection.untestedRooms(Self.house, tree).map(\.path) == ["Sources/Ledger"])
  }

  @Test("an exception holds for exactly as much as it says and may only shrink")
  func ratchet() {
    let long = Violation(rule: "file-length", path: "a.swift", measure: 500, sentence: "")
    func remaining(_ exceptions: String, _ violations: [Violation]) -> [String] {
      Ratchet(exceptions).remaining(of: violations).map { "\($0.rule):\($0.line)" }
    }
    #expect(remaining("", [long]) == ["file-length:0"])
    #expect(remaining("# why\nfile-length a.swift 500\n", [long]).isEmpty)
    #expect(remaining("file-length a.swift 499", [long]) == ["file-length:0"])
    #expect(remaining("file-length a.swift 501", [long]) == ["exceptions:1"])
    #expect(remaining("file-length b.swift 500", [long]) == ["file-length:0", "exceptions:1"])
    #expect(remaining("file-length", []) == ["exceptions:1"])
    let trap = Violation(rule: "trap-without-proof", path: "a.swift", line: 3, sentence: "")
    #expect(remaining("trap-without-proof a.swift 2", [trap, trap]).isEmpty)
    #expect(remaining("trap-without-proof a.swift 1", [trap, trap]).count == 2)
  }
}
