internal import Testing

@testable internal import Confinement

@Suite("Guarded directories")
struct WriteGuardTests {
  private let guarded = WriteGuard([
    .init(root: "/w", names: [".git/hooks", "**/.vscode/tasks.json"]), .init(root: "/w/in/other", names: [".envrc"]),
    .init(root: "/w/free", names: []), .init(root: "/w/.git/hooks/mine", names: []),
  ])

  private func covers(_ path: String) -> Bool { guarded.covers(Array(path.utf8)) }

  @Test("a place counts to the innermost directory that it lies in, and to none outside of all")
  func innermost() {
    #expect(covers("/w/.git/hooks/a"))
    #expect(covers("/w/in/.vscode/tasks.json"))
    #expect(covers("/w/in/other/.envrc"))
    #expect(!covers("/w/.envrc"))
    #expect(!covers("/w/in/other/.vscode/tasks.json"))
    #expect(!covers("/w2/.git/hooks"))
    #expect(!covers("/.git/hooks"))
  }

  @Test("what is free is not covered, a file neither")
  func free() {
    #expect(!covers("/w/free/.vscode/tasks.json"))
    #expect(covers("/w/freer/.vscode/tasks.json"))
    #expect(!covers("/w/.git/hooks/mine"))
  }

  @Test("what comes to a directory brings what is in it")
  func coming() {
    let target = Array("/w/in/.vscode".utf8)
    #expect(guarded.covers(target, comingFrom: Array("/w/v".utf8), finds: { $0 == Array("/w/v/tasks.json".utf8) }))
    #expect(!guarded.covers(target, comingFrom: Array("/w/v".utf8), finds: { _ in false }))
  }

  @Test("none with names is none at all")
  func empty() {
    #expect(WriteGuard([.init(root: "/w", names: [])]).isEmpty)
    #expect(!guarded.isEmpty)
  }

  @Test("what is told to the relay is what it reads, however much it is")
  func coding() throws {
    #expect(try WriteGuard(guarded.bytes) == guarded)
    let many = WriteGuard((0..<40).map { .init(root: "/w\($0)", names: (0..<256).map { "sub/\($0)/.git/config" }) })
    #expect(try WriteGuard(many.bytes) == many)
    #expect(throws: MalformedMessage.self) { try WriteGuard(guarded.bytes.dropLast() + []) }
    #expect(throws: MalformedMessage.self) { try WriteGuard(guarded.bytes + [0]) }
  }
}
