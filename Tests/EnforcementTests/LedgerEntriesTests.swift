internal import Attribution
internal import Catalog
internal import Evidence
internal import Policy
internal import Testing

@testable internal import Enforcement

@Suite("Entries of the ledger")
struct LedgerEntriesTests {
  private func run() throws -> RunFacts {
    RunFacts(
      subject: Subject(pseudonym: "p-1", run: try #require(RunID("r_4f9c0a1b2c3d4e5f"))), place: Question.Place(),
      saltKey: Secret(Array("a key".utf8)), clock: WallClock { Timestamp(millisecondsSinceEpoch: 1_795_000_000_007) })
  }

  @Test("a decision is written as a tree of its values would be", arguments: [true, false])
  func decision(namesPaths: Bool) throws {
    let run = try run()
    let entries = LedgerEntries(run: run, namesPaths: namesPaths)
    var random = Seeded(11)
    for _ in 0..<400 {
      let exchange = random.exchange()
      let inspected = random.inspected(exchange)
      let answer = random.answer()
      let isContinuation = random.below(2) == 0
      let written = entries.decision(exchange, of: inspected, isContinuation: isContinuation, answer: answer)
      let tree = EntryTree(run: run, namesPaths: namesPaths)
        .decision(exchange, of: inspected, isContinuation: isContinuation, answer: answer)
      let wanted = try CanonicalJSON.encode(tree)
      try #require(String(decoding: written.bytes, as: UTF8.self) == String(decoding: wanted, as: UTF8.self))
    }
  }

  @Test("so is an exchange")
  func exchange() throws {
    var random = Seeded(13)
    var writer = CanonicalWriter()
    for _ in 0..<400 {
      let exchange = random.exchange()
      writer.removeAll()
      exchange.write(to: &writer)
      let wanted = try CanonicalJSON.encode(exchange.json)
      try #require(writer.bytes == wanted)
    }
  }

  @Test("so is what closes an exchange")
  func completion() throws {
    let run = try run()
    let entries = LedgerEntries(run: run, namesPaths: true)
    var random = Seeded(12)
    for _ in 0..<400 {
      let exchange = random.exchange()
      let wanted = try CanonicalJSON.encode(EntryTree(run: run, namesPaths: true).completion(exchange))
      try #require(entries.completion(exchange).bytes == wanted)
    }
  }
}
