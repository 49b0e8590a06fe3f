internal import Enforcement
internal import Evidence
internal import Glibc
internal import Inspection
internal import Testing

@testable internal import Run

/// What was taken out of messages is kept sealed, for a while, and can be forgotten.
@Suite struct RedactionVaultTests {
  private static let destination = Destination(host: "api.example.com", port: 443)
  private static let kind = RedactedKind(detector: "some-secret", dataClass: .credential, grade: .redact)
  private static let secret = "a secret that nobody may read"
  private let scratch: Place
  private let state: StateDirectory
  private let vault: RedactionVault
  private let now = Timestamp(millisecondsSinceEpoch: 1_800_000_000_000)

  init() throws {
    scratch = try Place()
    state = try StateDirectory(environment: ["SALLYPORT_HOME": scratch.root], home: scratch.root)
    vault = RedactionVault(state)
    try StateDirectory.make(state.keys)
  }

  private func run() -> RunID {
    var random = SystemRandomNumberGenerator()
    return .random(using: &random)
  }

  /// A placeholder that a run gave.
  private func placeholder(in run: RunID, keep: Duration? = .seconds(3_600)) throws -> String {
    let mapping = try vault.mapping(for: run, now: now, keep: keep)
    let given = try #require(mapping.give(Array(Self.secret.utf8), Self.kind, to: Self.destination))
    return String(decoding: given, as: UTF8.self)
  }

  private func file(of run: RunID) -> String { "\(state.redactions)/\(run.text).sealed" }

  @Test("the next run knows it, by the same placeholder")
  func nextRun() throws {
    let first = run()
    let placeholder = try placeholder(in: first)
    #expect(try self.placeholder(in: run()) == placeholder)
    let kept = try #require(try vault.runs(now: now).first)
    #expect(kept.run == first.text && kept.kinds == ["some-secret": 1])
    #expect(kept.destinations == ["api.example.com:443"])
    #expect(kept.entries.first?.kind == Self.kind)
    #expect(try vault.mapping(for: run(), now: now, keep: .seconds(1)).hasGiven(to: Self.destination))
  }

  @Test("the file is its owner's alone, and does not have it in clear")
  func sealed() throws {
    let run = run()
    _ = try placeholder(in: run)
    let bytes = try #require(FilePaths.bytes(file(of: run), limit: 1 << 20))
    #expect(!bytes.contains(Self.secret.utf8) && !bytes.contains("some-secret".utf8))
    #expect(try scratch.permissions(file(of: run)) == "600")
    #expect(chmod(file(of: run), 0o644) == 0)
    #expect(throws: RunError.self) { try vault.runs(now: now) }
  }

  @Test("when its time is over it is removed")
  func expired() throws {
    let run = run()
    _ = try placeholder(in: run)
    let later = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 3_600_000)
    #expect(try vault.runs(now: later).isEmpty)
    #expect(!FilePaths.exists(file(of: run)))
  }

  @Test("a run that keeps nothing writes nothing")
  func unkept() throws {
    let run = run()
    _ = try placeholder(in: run, keep: nil)
    #expect(!FilePaths.exists(file(of: run)))
    #expect(try vault.runs(now: now).isEmpty)
  }

  @Test("one run is forgotten, and the others stay")
  func erased() throws {
    let (first, second) = (run(), run())
    let placeholder = try placeholder(in: first)
    let mapping = try vault.mapping(for: second, now: now, keep: .seconds(3_600))
    _ = mapping.give(Array("another secret".utf8), Self.kind, to: Self.destination)
    try vault.erase(first.text)
    #expect(try vault.runs(now: now).map(\.run) == [second.text])
    #expect(throws: RunError.self) { try vault.erase(first.text) }
    #expect(throws: RunError.self) { try vault.erase("../keys/redaction.key") }
    #expect(try self.placeholder(in: run()) == placeholder)
  }

  @Test("a run is named by the beginning of its identifier; what is none, no run or several is told")
  func named() throws {
    let store = RunStore(state)
    let (first, second) = (try #require(RunID("r_ab00000000000000")), try #require(RunID("r_ac00000000000000")))
    _ = try placeholder(in: first)
    let mapping = try vault.mapping(for: second, now: now, keep: .seconds(3_600))
    _ = mapping.give(Array("another secret".utf8), Self.kind, to: Self.destination)
    #expect(try vault.run(named: "r_ab", in: store) == first.text)
    #expect(try vault.run(named: "ac0", in: store) == second.text)
    for (name, code) in [
      ("r_a", .usage), ("../keys", .programMissing), ("r_x", .programMissing), ("latest", .programMissing),
      ("R!", .usage),
    ]
      as [(String, RunError.Code)]
    {
      let error = #expect(throws: RunError.self) { try vault.run(named: name, in: store) }
      #expect(error?.code == code, "\(name): \(String(describing: error))")
    }
  }

  @Test("when all is forgotten the key is, too: copies of the files cannot be opened")
  func allErased() throws {
    let run = run()
    let placeholder = try placeholder(in: run)
    let copy = try #require(FilePaths.bytes(file(of: run), limit: 1 << 20))
    #expect(try vault.eraseAll() == 1)
    #expect(try self.placeholder(in: self.run()) != placeholder)
    try scratch.file("redactions/\(run.text).sealed", String(decoding: copy, as: UTF8.self), mode: 0o600)
    let left = try #require(try vault.runs(now: now).first { $0.run == run.text })
    #expect(left.entries.isEmpty && left.unreadable == 1)
  }

  @Test("a record that was changed, or moved to another run, is none; neither is half a line")
  func damaged() throws {
    let (first, second) = (run(), run())
    _ = try placeholder(in: first)
    let text = String(decoding: try #require(FilePaths.bytes(file(of: first), limit: 1 << 20)), as: UTF8.self)
    try scratch.file("redactions/\(second.text).sealed", text, mode: 0o600)
    #expect(try vault.runs(now: now).first { $0.run == second.text }?.unreadable == 1)
    let lines = text.split(separator: "\n")
    try scratch.file(
      "redactions/\(first.text).sealed", "\(lines[0])\nA\(lines[1].dropFirst())\n\(lines[1].prefix(9))", mode: 0o600)
    let left = try #require(try vault.runs(now: now).first { $0.run == first.text })
    #expect(left.entries.isEmpty && left.unreadable == 1)
  }
}
