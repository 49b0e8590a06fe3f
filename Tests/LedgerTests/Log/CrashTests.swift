import Evidence
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// A process may die between any two changes to the disk: what it leaves must verify, and hold all that was acknowledged.
@Suite struct CrashTests {
  /// One look at the disk, as it was before one change.
  private struct Snapshot: Sendable {
    let path: String
    let before: StorageStep
    /// Entries whose append had completed.
    let acknowledged: Int
  }

  private final class Camera: Sendable {
    let state = Mutex<(snapshots: [Snapshot], acknowledged: Int)>(([], 0))
    let root: String

    init(_ root: String) { self.root = root }

    func take(_ step: StorageStep) {
      state.withLock { state in
        let path = "\(root)/snapshot-\(state.snapshots.count)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try? FileManager.default.copyItem(atPath: root + "/ledger", toPath: path + "/ledger")
        try? FileManager.default.copyItem(atPath: root + "/state", toPath: path + "/state")
        state.snapshots.append(Snapshot(path: path, before: step, acknowledged: state.acknowledged))
      }
    }

    func acknowledge(_ size: Int) { state.withLock { $0.acknowledged = size } }
  }

  struct Scenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let filled: Int
    let appends: [Int]
    /// Bytes added to each entry.
    var padding = 0
    var durability = Durability.process
  }

  static let scenarios = [
    Scenario(testDescription: "a new ledger", filled: 0, appends: [1, 2]),
    Scenario(testDescription: "a tile becomes full", filled: 250, appends: [3, 5]),
    Scenario(
      testDescription: "several tiles become full, on the disk", filled: 10, appends: [600, 1], durability: .disk),
    Scenario(testDescription: "the journal is replaced", filled: 3, appends: [45, 2], padding: 60_000),
  ]

  private static func entry(_ number: Int, padding: Int) -> JSONValue {
    ["number": .integer(number), "padding": .string(String(repeating: "x", count: padding))]
  }

  @Test("whatever is left at any instant verifies, loses nothing acknowledged, and goes on", arguments: scenarios)
  func everyInstant(_ scenario: Scenario) async throws {
    let scratch = try Scratch()
    if scenario.filled > 0 { try await scratch.fill(scenario.filled) }
    let camera = Camera(scratch.root)
    camera.acknowledge(scenario.filled)
    for count in scenario.appends {
      let log = try scratch.open(scenario.durability) { step in
        camera.take(step)
        return nil
      }
      let start = log.size
      let range = try await log.append((start..<start + count).map { Self.entry($0, padding: scenario.padding) })
      camera.acknowledge(range.upperBound)
      try log.close()
    }
    let snapshots = camera.state.withLock { $0.snapshots }
    #expect(snapshots.count > 20)
    let final = try scratch.stored(scenario.filled + scenario.appends.reduce(0, +))
    for snapshot in snapshots { try check(snapshot, final, scratch.key) }
  }

  private func check(_ snapshot: Snapshot, _ final: [[UInt8]], _ key: LedgerKey) throws {
    let (ledger, anchor) = (snapshot.path + "/ledger", snapshot.path + "/state/ledger.anchor")
    if FileManager.default.fileExists(atPath: ledger + "/checkpoint") {
      let report = try LedgerAudit(directory: ledger, key: key.verifier, anchor: anchor).verify()
      #expect(report.problem == nil, "before \(snapshot.before)")
    }
    let log = try TransparencyLog.open(at: ledger, key: key, anchor: anchor)
    #expect(log.size >= snapshot.acknowledged, "before \(snapshot.before)")
    try log.close()
    let report = try LedgerAudit(directory: ledger, key: key.verifier, anchor: anchor).verify()
    #expect(report.problem == nil, "after recovery from before \(snapshot.before)")
    let tiles = TileStore(directory: try LedgerDirectory(ledger, create: false))
    for index in 0..<report.size where try tiles.entry(index, size: report.size) != final[index] {
      Issue.record("entry \(index) differs, before \(snapshot.before)")
    }
    try FileManager.default.removeItem(atPath: snapshot.path)
  }

  @Test("a last record cut at any byte is dropped, and everything before it is kept")
  func tornRecord() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3)
    let (ledger, journalName) = (scratch.root + "/torn", "/journal/0000000000000000000")
    let whole = try scratch.read(journalName)
    // Longer than what is appended behind it, so that a rest of it would stay.
    let long = [UInt8](repeating: 0x20, count: 300)
    let record = JournalRecord.encode([Array("{}".utf8), long], firstIndex: 3, after: lastDigest(whole, scratch))
    for length in 0...record.bytes.count {
      try scratch.copy(scratch.ledger, to: ledger)
      try Data(whole + record.bytes.prefix(length)).write(to: URL(fileURLWithPath: ledger + journalName))
      let audit = try LedgerAudit(directory: ledger, key: scratch.key.verifier, anchor: nil)
      let isWhole = length == record.bytes.count
      #expect(try audit.verify().problem == nil, "\(length) bytes")
      #expect(try audit.verify().unpublishedEntries == (isWhole ? 2 : 0))
      let log = try TransparencyLog.open(at: ledger, key: scratch.key, anchor: nil)
      #expect(log.size == (isWhole ? 5 : 3), "\(length) bytes")
      let size = log.size
      #expect(try await log.append([Scratch.entry(9)]) == size..<size + 1)
      try log.close()
      #expect(try audit.verify().problem == nil)
      let journal = [UInt8](try Data(contentsOf: URL(fileURLWithPath: ledger + journalName)))
      let seed = JournalRecord.seed(origin: scratch.key.origin, base: 0)
      #expect(JournalScan(journal, after: seed, nextIndex: 0).tail == .clean, "\(length) bytes")
    }
  }

  private func lastDigest(_ journal: [UInt8], _ scratch: Scratch) -> TreeHash {
    JournalScan(journal, after: JournalRecord.seed(origin: scratch.key.origin, base: 0), nextIndex: 0).digest
  }

  @Test("a record that others follow is not taken for a torn one: its change is refused")
  func damagedRecord() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3, 4, 5)
    let name = "journal/0000000000000000000"
    var journal = try scratch.read(name)
    for position in [0, 5, 30, 70] {
      journal[position] ^= 1
      try scratch.write(name, journal)
      let error = #expect(throws: LedgerError.self) { try scratch.open() }
      #expect(error?.code == .doesNotVerify)
      #expect(try scratch.read(name) == journal, "nothing is repaired")
      journal[position] ^= 1
    }
  }

  @Test("tiles that no checkpoint speaks of are dropped at opening, whatever they hold")
  func strayTiles() async throws {
    let scratch = try Scratch()
    try await scratch.fill(300)
    for name in ["tile/entries/001", "tile/0/001", "tile/0/002"] { try scratch.write(name, [1, 2, 3]) }
    try scratch.write("tile/0/001.p/200", [1, 2, 3])
    try scratch.write("tile/entries/001.p/45", [1, 2, 3])
    try await scratch.fill(300)
    let report = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.size == 600)
  }

  @Test("a tile that is there already with other content is never overwritten")
  func createExclusive() async throws {
    let scratch = try Scratch()
    try await scratch.fill(250)
    let log = try scratch.open()
    try scratch.write("tile/entries/000", [1, 2, 3])
    _ = try await log.append((0..<10).map(Scratch.entry))
    let error = #expect(throws: LedgerError.self) { try log.close() }
    #expect(error?.code == .doesNotVerify)
    #expect(error?.place == "tile/entries/000")
    #expect(try scratch.read("tile/entries/000") == [1, 2, 3])
    #expect(try scratch.checkpoint.size == 250)
  }

  @Test("killed with SIGKILL at random instants, in ten lives, a ledger loses nothing that was acknowledged")
  func killed() async throws {
    let scratch = try Scratch()
    let (root, ledger, keys, anchor) = (scratch.root, scratch.ledger, scratch.keys, scratch.anchor)
    var total = 0
    for life in 0..<10 {
      let acknowledgements = "\(root)/acknowledged-\(life)"
      let delay = Int.random(in: 2_000...400_000)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          ledger = ledger as String, keys = keys as String, anchor = anchor as String,
          acknowledgements = acknowledgements as String, delay = delay as Int
        ] in
        try await CrashTests.appendUntilKilled(ledger, keys, anchor, acknowledgements, microseconds: delay)
      }
      let report = try LedgerAudit(directory: ledger, key: nil, anchor: anchor).verify()
      #expect(report.problem == nil, "life \(life): \(report.sentence)")
      let log = try scratch.open()
      let size = log.size
      try log.close()
      // Each acknowledgement is a line "index number".
      let lines = (try? String(contentsOfFile: acknowledgements, encoding: .utf8)) ?? ""
      let stored = try scratch.stored(size)
      for line in lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let parts = line.split(separator: " ").compactMap { Int($0) }
        let expected = try CanonicalJSON.encode(CrashTests.entry(parts[1], padding: 400))
        #expect(parts[0] < size && stored[parts[0]] == expected, "life \(life), entry \(parts[0])")
        total += 1
      }
    }
    #expect(total > 0)
  }

  /// In the child: appends as fast as it can, notes each acknowledgement with one write(2), and is killed.
  static func appendUntilKilled(
    _ ledger: String, _ keys: String, _ anchor: String, _ acknowledgements: String, microseconds: Int
  ) async throws {
    let file = open(acknowledgements, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let log = try TransparencyLog.open(at: ledger, key: LedgerKey.load(at: keys), anchor: anchor)
    Thread.detachNewThread {
      usleep(UInt32(microseconds))
      kill(getpid(), SIGKILL)
    }
    await withTaskGroup { group in
      for lane in 0..<8 {
        group.addTask {
          for number in 0..<1_000_000 {
            let value = lane * 1_000_000 + number
            guard let range = try? await log.append([entry(value, padding: 400)]) else { return }
            let line = Array("\(range.lowerBound) \(value)\n".utf8)
            write(file, line, line.count)
          }
        }
      }
    }
  }
}
