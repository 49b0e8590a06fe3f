import Evidence
import Foundation
import Testing

@testable import Ledger

/// What a stranger's program says, written from the specification alone: Tests/EndToEnd/ledger/check_tlog.py.
@Suite struct IndependentVerifierTests {
  private static let scripts =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("EndToEnd/ledger").path

  private static func python(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-B"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// Only where Python has the `cryptography` package.
  static let isAvailable = (try? python(["-c", "import cryptography"]).code) == 0

  private func check(_ scratch: Scratch, _ arguments: String...) throws -> (code: Int32, output: String) {
    try Self.python([Self.scripts + "/check_tlog.py", "--key", scratch.key.verifier.text] + arguments)
  }

  private func audit(_ scratch: Scratch) throws -> LedgerAudit {
    try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor)
  }

  private static func extend(_ scratch: Scratch, to size: Int) async throws {
    let log = try scratch.open()
    while log.size < size {
      _ = try await log.append((log.size..<min(size, log.size + 4_096)).map(Scratch.entry))
    }
    try log.close()
  }

  @Test(
    "the stranger's program holds for the public vectors",
    .enabled(if: isAvailable, "python3 with the package 'cryptography' is not here"))
  func itself() throws {
    let outcome = try Self.python([Self.scripts + "/test_check_tlog.py"])
    #expect(outcome.code == 0, "\(outcome.output)")
  }

  @Test(
    "it accepts a ledger, its export, its proofs and its growth",
    .enabled(if: isAvailable, "python3 with the package 'cryptography' is not here"),
    arguments: [0, 1, 2, 256, 257, 700, 70_000])
  func accepts(size: Int) async throws {
    let scratch = try Scratch()
    try await Self.extend(scratch, to: size / 3)
    let oldNote = try scratch.read("checkpoint")
    try scratch.write("../old", oldNote)
    try await Self.extend(scratch, to: size)
    let live = try check(scratch, "--ledger", scratch.ledger, "--old", scratch.root + "/old")
    #expect(live.code == 0, "\(live.output)")
    #expect(live.output.contains("entries: \(size) in"), "\(live.output)")
    #expect(live.output.contains("consistency: \(size) continues \(size / 3)"), "\(live.output)")
    try audit(scratch).export(to: scratch.root + "/export")
    let copy = try check(scratch, "--export", scratch.root + "/export", "--old", scratch.root + "/old")
    #expect(copy.code == 0, "\(copy.output)")

    // The proof itself, for somebody who has no entries: the lines between `old <size>` and the empty line.
    let growth = try audit(scratch).continuation(of: oldNote, place: "old").bytes
    let hashes = String(decoding: growth, as: UTF8.self).components(separatedBy: "\n\n")[0]
    try scratch.write("../hashes", Array(hashes.split(separator: "\n").dropFirst().joined(separator: "\n").utf8))
    let proof = try check(
      scratch, "--old", scratch.root + "/old", "--new", scratch.ledger + "/checkpoint", "--consistency",
      scratch.root + "/hashes")
    #expect(proof.code == 0, "\(proof.output)")

    for index in Set([0, size / 2, size - 1]) where size > 0 {
      let (proof, entry) = try audit(scratch).prove(index)
      try scratch.write("../proof", proof.bytes)
      try scratch.write("../entry", entry)
      let outcome = try check(scratch, "--proof", scratch.root + "/proof", scratch.root + "/entry")
      #expect(outcome.code == 0, "\(outcome.output)")
      try scratch.write("../entry", entry + [0x20])
      #expect(try check(scratch, "--proof", scratch.root + "/proof", scratch.root + "/entry").code == 1)
    }
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let says: String
    let make: @Sendable (Scratch) throws -> Void
  }

  private static func rewrite(_ scratch: Scratch, _ edit: (inout [[UInt8]]) -> Void) throws {
    let name = "tile/entries/000"
    let bytes = try scratch.read(name)
    var entries = try #require(EntryBundle.ranges(in: bytes)).map { Array(bytes[$0]) }
    edit(&entries)
    var bundle: [UInt8] = []
    for entry in entries { EntryBundle.append(entry, to: &bundle) }
    try scratch.write(name, bundle)
  }

  static let changes = [
    Change(testDescription: "an entry edited", says: "do not give the root") { scratch in
      try rewrite(scratch) { $0[7][10] ^= 1 }
    },
    Change(testDescription: "two entries exchanged", says: "do not give the root") { scratch in
      try rewrite(scratch) { $0.swapAt(3, 200) }
    },
    Change(testDescription: "a bundle cut short", says: "instead of 256") { scratch in
      try rewrite(scratch) { $0.removeLast() }
    },
    Change(testDescription: "the last bundle removed", says: "missing") { scratch in
      try FileManager.default.removeItem(atPath: scratch.ledger + "/tile/entries/001.p/144")
    },
    Change(testDescription: "a tile edited", says: "does not fit the entries") { scratch in
      var tile = try scratch.read("tile/0/000")
      tile[99] ^= 1
      try scratch.write("tile/0/000", tile)
    },
    Change(testDescription: "the older state of everything", says: "rolled back") { scratch in
      try scratch.copy(scratch.root + "/older", to: scratch.ledger)
    },
  ]

  @Test(
    "it and our audit refuse the same changes",
    .enabled(if: isAvailable, "python3 with the package 'cryptography' is not here"), arguments: changes)
  func refuses(_ change: Change) async throws {
    let scratch = try Scratch()
    try await scratch.fill(300)
    try scratch.copy(scratch.ledger, to: scratch.root + "/older")
    try await scratch.fill(100)
    try scratch.write("../newest", try scratch.read("checkpoint"))
    #expect(try check(scratch, "--ledger", scratch.ledger, "--old", scratch.root + "/newest").code == 0)
    try change.make(scratch)
    let outcome = try check(scratch, "--ledger", scratch.ledger, "--old", scratch.root + "/newest")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains(change.says), "\(outcome.output)")
    #expect(try !audit(scratch).verify().verifies)
  }
}
