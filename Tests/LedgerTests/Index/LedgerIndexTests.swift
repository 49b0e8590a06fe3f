import Evidence
import Foundation
import Testing

@testable import Ledger

@Suite struct LedgerIndexTests {
  private static let hosts = ["api.example.com", "telemetry.example.com", "paste.example.org"]

  private static func entry(_ number: Int) -> JSONValue {
    let time = Timestamp(millisecondsSinceEpoch: 1_800_000_000_000 + Int64(number) * 1000)
    return [
      "type": number % 10 == 0 ? "run.started" : "egress.decision", "t": .string(time.description),
      "run": .string("r_\(number / 100)"), "verdict": number % 2 == 0 ? "allow" : "block",
      "meta": ["host": .string(hosts[number % 3]), "purpose": number % 3 == 0 ? "model" : "telemetry"],
    ]
  }

  private func ledger(_ count: Int) async throws -> Scratch {
    let scratch = try Scratch()
    try await extend(scratch, 0..<count)
    return scratch
  }

  private func extend(_ scratch: Scratch, _ range: Range<Int>) async throws {
    let log = try scratch.open()
    _ = try await log.append(range.map(Self.entry))
    try log.close()
  }

  private func find(_ scratch: Scratch, _ query: LedgerQuery) throws -> [Int] {
    try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil).show(query).map(\.index)
  }

  @Test("entries are found by run, type, host, purpose, verdict and time, and by all of them together")
  func queries() async throws {
    let scratch = try await ledger(300)
    #expect(try find(scratch, LedgerQuery()) == Array(0..<300))
    #expect(try find(scratch, LedgerQuery(run: "r_1")) == Array(100..<200))
    #expect(try find(scratch, LedgerQuery(type: "run.started")) == (0..<30).map { $0 * 10 })
    #expect(try find(scratch, LedgerQuery(host: "paste.example.org")) == (0..<300).filter { $0 % 3 == 2 })
    #expect(try find(scratch, LedgerQuery(purpose: "model")) == (0..<300).filter { $0 % 3 == 0 })
    #expect(try find(scratch, LedgerQuery(verdict: "block")) == (0..<300).filter { $0 % 2 == 1 })
    let (since, until) = (1_800_000_250_000, 1_800_000_260_000) as (Int64, Int64)
    let window = LedgerQuery(
      since: Timestamp(millisecondsSinceEpoch: since), until: Timestamp(millisecondsSinceEpoch: until))
    #expect(try find(scratch, window) == Array(250..<260))
    let all = LedgerQuery(
      run: "r_2", type: "egress.decision", host: "api.example.com", purpose: "model", verdict: "block",
      since: Timestamp(millisecondsSinceEpoch: since))
    #expect(try find(scratch, all) == (250..<300).filter { $0 % 3 == 0 && $0 % 2 == 1 && $0 % 10 != 0 })
    #expect(try find(scratch, LedgerQuery(run: "r_1", limit: 3)) == [197, 198, 199])
    #expect(try find(scratch, LedgerQuery(limit: -1)) == [])
    #expect(try find(scratch, LedgerQuery(run: "' OR 1=1 --")) == [])
  }

  @Test("what was appended since the last question is in the next answer")
  func refreshes() async throws {
    let scratch = try await ledger(10)
    #expect(try find(scratch, LedgerQuery()).count == 10)
    try await extend(scratch, 10..<700)
    #expect(try find(scratch, LedgerQuery(run: "r_6")) == Array(600..<700))
  }

  @Test("a lost, damaged or foreign index is made anew")
  func rebuilds() async throws {
    let scratch = try await ledger(300)
    _ = try find(scratch, LedgerQuery())
    let index = scratch.ledger + "/" + LedgerIndex.fileName
    let damages: [(String) throws -> Void] = [
      { try FileManager.default.removeItem(atPath: $0) },
      { try Data("this is no database, whatever it is called".utf8).write(to: URL(fileURLWithPath: $0)) },
      { try Data().write(to: URL(fileURLWithPath: $0)) },
      { path in
        let other = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try other.truncate(atOffset: 5_000)
      },
    ]
    for damage in damages {
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: index + suffix) }
      try damage(index)
      #expect(try find(scratch, LedgerQuery(run: "r_1")) == Array(100..<200))
    }
    let other = try await ledger(5)
    _ = try find(other, LedgerQuery())
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: index + suffix)
      try? FileManager.default.copyItem(atPath: other.ledger + "/index.sqlite" + suffix, toPath: index + suffix)
    }
    #expect(try find(scratch, LedgerQuery()).count == 300)
  }

  @Test("an index is no reason for the ledger not to verify")
  func isNoEvidence() async throws {
    let scratch = try await ledger(5)
    _ = try find(scratch, LedgerQuery())
    try scratch.write("index.sqlite", [1, 2, 3])
    #expect(try LedgerAudit(directory: scratch.ledger, key: nil, anchor: nil).verify().problem == nil)
    try scratch.open().close()
  }
}
