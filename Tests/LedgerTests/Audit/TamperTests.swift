import Evidence
import Foundation
import Testing

@testable import Ledger

/// Every way to change a stored ledger that we could think of: the audit must name it, and the opening must refuse.
@Suite struct TamperTests {
  private static let pastJournal = "journal/0000000000000000000"

  private func audit(_ scratch: Scratch) throws -> AuditReport {
    try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor).verify()
  }

  /// 600 entries under three checkpoints: two full tiles, a partial one of width 88 with an older one of width 44.
  private func ledger() async throws -> Scratch {
    let scratch = try Scratch()
    try await scratch.fill(300, 256, 44)
    return scratch
  }

  @Test("an untouched ledger verifies, whatever its size", arguments: [0, 1, 255, 256, 257, 600])
  func untouched(size: Int) async throws {
    let scratch = try Scratch()
    try await scratch.fill(size)
    let report = try audit(scratch)
    #expect(report.problem == nil)
    #expect(report.size == size)
    #expect(report.entriesChecked == size)
    #expect(report.journalEntriesChecked == size)
    #expect(report.isAnchored)
    #expect(report.sentence.hasPrefix("ledger verified"))
  }

  @Test("one byte changed in any file is found, wherever it stands in the file")
  func everyFile() async throws {
    let scratch = try await ledger()
    let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.ledger).filter {
      !$0.hasPrefix("tmp") && $0 != "lock" && !Self.isDirectory(scratch.ledger + "/" + $0)
    }
    #expect(names.count >= 12)
    for name in names {
      let good = try scratch.read(name)
      for position in Set([0, 1, good.count / 3, good.count / 2, good.count - 1]) {
        if name == StateRecord.fileName, good[position] == 0 { continue }
        var bad = good
        bad[position] ^= 0x01
        try scratch.write(name, bad)
        let report = try audit(scratch)
        #expect(report.problem != nil, "\(name) at \(position)")
        #expect(report.problem?.kind != .rolledBack, "\(name) at \(position): \(report.sentence)")
        try refuses(scratch, "\(name) at \(position)")
      }
      try scratch.write(name, good)
    }
    #expect(try audit(scratch).problem == nil)
  }

  @Test("a pipe in the place of a file is refused, and not waited for", .timeLimit(.minutes(1)))
  func pipe() async throws {
    let scratch = try await ledger()
    for name in ["checkpoint", "state", "lock", "tile/entries/000"] {
      let path = scratch.ledger + "/" + name
      try FileManager.default.moveItem(atPath: path, toPath: path + ".was")
      #expect(mkfifo(path, 0o600) == 0)
      #expect((try? audit(scratch))?.problem != nil || (try? audit(scratch)) == nil, "\(name)")
      try refuses(scratch, "\(name)")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: path + ".was", toPath: path)
    }
    #expect(try audit(scratch).problem == nil)
  }

  /// What an audit refuses an opening refuses too, and leaves every byte as it was.
  private func refuses(_ scratch: Scratch, _ comment: Comment) throws {
    let before = try scratch.contents()
    #expect(throws: LedgerError.self, comment) { try scratch.open() }
    #expect(try scratch.contents() == before, comment)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  @Test("any file cut short, lengthened or removed is found")
  func everyLength() async throws {
    let scratch = try await ledger()
    let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.ledger).filter {
      !$0.hasPrefix("tmp") && $0 != "lock" && !Self.isDirectory(scratch.ledger + "/" + $0)
    }
    for name in names {
      let good = try scratch.read(name)
      for bad in [Array(good.dropLast()), good + [0x41], Array(good.prefix(good.count / 2))] {
        // Bytes behind the journal's last record are what a dying writer leaves.
        if name == Self.pastJournal, bad.count > good.count { continue }
        try scratch.write(name, bad)
        #expect(try audit(scratch).problem != nil, "\(name) with \(bad.count) of \(good.count) bytes")
        try refuses(scratch, "\(name) with \(bad.count) of \(good.count) bytes")
      }
      try FileManager.default.removeItem(atPath: scratch.ledger + "/" + name)
      // An older form of a tile may be gone once its successor is there.
      if name != "tile/entries/002.p/44", name != "tile/0/002.p/44", name != "tile/entries/001.p/44",
        name != "tile/0/001.p/44"
      {
        let isOlder = Tile(path: name).map { !Tile.all(size: 600).contains($0) } ?? false
        if !isOlder {
          #expect(try audit(scratch).problem != nil, "\(name) removed")
          try refuses(scratch, "\(name) removed")
        }
      }
      try scratch.write(name, good)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: LedgerProblem.Kind
    let says: String
    var opens = false
    let change: @Sendable (Scratch) throws -> Void
  }

  private static let entries = "tile/entries/001"

  private static func editBundle(_ scratch: Scratch, _ edit: (inout [[UInt8]]) -> Void) throws {
    let bytes = try scratch.read(entries)
    let ranges = try #require(EntryBundle.ranges(in: bytes))
    var list = ranges.map { Array(bytes[$0]) }
    edit(&list)
    var bundle: [UInt8] = []
    for entry in list { EntryBundle.append(entry, to: &bundle) }
    try scratch.write(entries, bundle)
  }

  /// Writes all tiles and bundles anew over changed entries, as an attacker without the key can.
  private static func rewrite(_ scratch: Scratch, _ edit: (inout [[UInt8]]) -> Void) throws {
    var list = try scratch.stored(600)
    edit(&list)
    var frontier = Frontier()
    var contents: [TileContents] = []
    for entry in list { frontier.append(entry, leaf: .leaf(entry), completing: &contents) }
    for file in contents + frontier.partials { try scratch.write(file.tile.path, file.bytes) }
  }

  static let cases: [Case] = [
    Case(testDescription: "an entry edited", kind: .edited, says: "entry 261 was edited") { scratch in
      try editBundle(scratch) { $0[5][10] ^= 1 }
    },
    Case(testDescription: "two entries exchanged", kind: .reordered, says: "entry 260 changed places with entry 300") {
      try editBundle($0) { $0.swapAt(4, 44) }
    },
    Case(testDescription: "the last entries of a bundle cut off", kind: .truncated, says: "before entry 506") {
      try editBundle($0) { $0.removeLast(6) }
    },
    Case(testDescription: "an entry taken out of the middle", kind: .edited, says: "entry 261 was edited") {
      try editBundle($0) { $0.remove(at: 5) }
    },
    Case(testDescription: "an entry put in", kind: .edited, says: "entry 261 was edited") {
      try editBundle($0) { $0.insert(Array("{}".utf8), at: 5) }
    },
    Case(testDescription: "an entry edited and all tiles computed anew", kind: .edited, says: "entry 261 was edited") {
      try rewrite($0) { $0[261][10] ^= 1 }
    },
    Case(testDescription: "a hash of a tile edited", kind: .edited, says: "hash for entry 261") { scratch in
      var tile = try scratch.read("tile/0/001")
      tile[5 * 32] ^= 1
      try scratch.write("tile/0/001", tile)
    },
    Case(testDescription: "a hash of a higher tile edited", kind: .edited, says: "subtree 1 of level 1") { scratch in
      var tile = try scratch.read("tile/1/000.p/2")
      tile[40] ^= 1
      try scratch.write("tile/1/000.p/2", tile)
    },
    Case(testDescription: "a bundle removed", kind: .truncated, says: "the file is missing") { scratch in
      try FileManager.default.removeItem(atPath: scratch.ledger + "/" + entries)
    },
    Case(testDescription: "the journal cut", kind: .truncated, says: "the journal was truncated") { scratch in
      try scratch.write(pastJournal, Array(try scratch.read(pastJournal).dropLast(100)))
    },
    Case(testDescription: "the journal removed", kind: .truncated, says: "journal") { scratch in
      try FileManager.default.removeItem(atPath: scratch.ledger + "/" + pastJournal)
    },
    Case(testDescription: "the state record removed", kind: .truncated, says: "state record is missing") { scratch in
      try FileManager.default.removeItem(atPath: scratch.ledger + "/state")
    },
    Case(testDescription: "the checkpoint's root edited", kind: .edited, says: "signature") { scratch in
      let text = String(decoding: try scratch.read("checkpoint"), as: UTF8.self)
      try scratch.write("checkpoint", Array(text.replacingOccurrences(of: "\n600\n", with: "\n601\n").utf8))
    },
    Case(testDescription: "another log's checkpoint and key", kind: .keySwapped, says: "which is trusted") { scratch in
      let other = LedgerKey.random()
      let checkpoint = Checkpoint(origin: other.origin, size: 600, root: try scratch.checkpoint.root)
      try scratch.write("checkpoint", try other.sign(checkpoint))
      try scratch.write("key.pub", Array("\(other.verifier)\n".utf8))
    },
    Case(testDescription: "a checkpoint signed by another key", kind: .keySwapped, says: "no signature by") { scratch in
      try scratch.write("checkpoint", try LedgerKey.random().sign(try scratch.checkpoint))
    },
  ]

  @Test("tampering is told by its kind and its place, and a new run is refused", arguments: cases)
  func told(_ change: Case) async throws {
    let scratch = try await ledger()
    try change.change(scratch)
    let report = try audit(scratch)
    #expect(report.problem?.kind == change.kind, "\(report.sentence)")
    #expect(report.problem?.sentence.contains(change.says) == true, "\(report.sentence)")
    let error = #expect(throws: LedgerError.self) { try scratch.open() }
    #expect(error?.remedy.contains("sallyport log accept-fork") == true, "\(String(describing: error))")
  }

  @Test("an older copy of the whole directory is found by the anchor, with both sizes")
  func rolledBack() async throws {
    let scratch = try Scratch()
    try await scratch.fill(300)
    try scratch.copy(scratch.ledger, to: scratch.root + "/old")
    try await scratch.fill(200)
    try scratch.copy(scratch.root + "/old", to: scratch.ledger)
    let report = try audit(scratch)
    #expect(report.problem?.kind == .rolledBack)
    #expect(report.problem?.sentence == "the ledger was rolled back from size 500 to 300")
    let error = #expect(throws: LedgerError.self) { try scratch.open() }
    #expect(error?.code == .rolledBack)
    // Without the anchor the copy is sound in itself: that is what the anchor is for.
    #expect(try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil).verify().verifies)
  }

  @Test("a ledger that was removed whole is found by the anchor")
  func removed() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3)
    try FileManager.default.removeItem(atPath: scratch.ledger)
    let error = #expect(throws: LedgerError.self) { try scratch.open() }
    #expect(error?.code == .rolledBack)
    #expect(error?.sentence == "the ledger was rolled back from size 3 to 0")
  }

  @Test("an older checkpoint alone is found without the anchor")
  func olderCheckpoint() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3)
    let old = try scratch.read("checkpoint")
    try await scratch.fill(4, 5)
    try scratch.write("checkpoint", old)
    let report = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil).verify()
    #expect(report.problem?.kind == .rolledBack)
    #expect(report.problem?.sentence == "the checkpoint was rolled back from size 12 to 3")
    #expect(throws: LedgerError.self) { try scratch.open() }
  }

  @Test("an older state record alone is found: the log never signs twice for one size")
  func olderState() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3)
    let old = try scratch.read("state")
    try await scratch.fill(4, 5)
    try scratch.write("state", old)
    let report = try audit(scratch)
    #expect(report.problem?.kind == .rolledBack)
    #expect(throws: LedgerError.self) { try scratch.open() }
  }

  @Test("a ledger exchanged for another one with another key is found by the anchor")
  func exchanged() async throws {
    let (scratch, other) = (try Scratch(), try Scratch())
    try await scratch.fill(5)
    try await other.fill(9)
    try scratch.copy(other.ledger, to: scratch.ledger)
    let pinned = try audit(scratch)
    #expect(pinned.problem?.kind == .keySwapped)
    let believing = try LedgerAudit(directory: scratch.ledger, key: nil, anchor: scratch.anchor).verify()
    #expect(believing.problem?.kind == .keySwapped)
    let error = #expect(throws: LedgerError.self) {
      try TransparencyLog.open(at: scratch.ledger, key: other.key, anchor: scratch.anchor)
    }
    #expect(error?.code == .keyMismatch)
  }

  @Test("a broken ledger is set aside untouched and the new one's first entry commits to it")
  func setAside() async throws {
    let scratch = try await ledger()
    let old = try scratch.read("checkpoint")
    try Self.editBundle(scratch) { $0[5][10] ^= 1 }
    let clock = WallClock { Timestamp(millisecondsSinceEpoch: 1_800_000_000_000) }
    let outcome = try LedgerRecovery.setAside(scratch.home, clock: clock)
    let aside = try #require(outcome.brokenDirectory)
    #expect(aside == scratch.ledger + ".broken-2027-01-15T080000.000Z")
    #expect(outcome.key.origin != scratch.key.origin)
    #expect(try LedgerKey.load(at: scratch.keys).verifier == outcome.key.verifier)
    let audit = try LedgerAudit(directory: scratch.ledger, key: outcome.key.verifier, anchor: scratch.anchor)
    #expect(try audit.verify().problem == nil)
    let entry = try JSONParser.parse(audit.prove(0).entry)
    #expect(entry["type"]?.string == "ledger.forked")
    #expect(entry["previous"]?["checkpointHash"]?.string == TreeHash.sha256(old).base64)
    #expect(entry["previous"]?["size"]?.integer == 600)
    let broken = try LedgerAudit(directory: aside, key: scratch.key.verifier, anchor: nil).verify()
    #expect(broken.problem?.kind == .edited)
    let log = try TransparencyLog.open(at: scratch.ledger, key: outcome.key, anchor: scratch.anchor)
    #expect(try await log.append([Scratch.entry(1)]) == 1..<2)
    try log.close()
  }
}
