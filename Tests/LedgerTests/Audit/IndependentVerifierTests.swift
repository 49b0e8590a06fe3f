import Evidence
import Foundation
import Testing

@testable import Ledger

/// What a stranger's program says, written from the specification alone: Tests/EndToEnd/ledger/verify_tlog.py.
@Suite struct IndependentVerifierTests {
  private static let script =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("EndToEnd/ledger/verify_tlog.py").path

  private static func python(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private static func extend(_ scratch: Scratch, to size: Int) async throws {
    let log = try scratch.open()
    while log.size < size { _ = try await log.append((log.size..<min(size, log.size + 4_096)).map { .integer($0) }) }
    try log.close()
  }

  /// Only where Python has the `cryptography` package.
  static let isAvailable = (try? python(["-c", "import cryptography"]).code) == 0

  @Test(
    "an independent verifier accepts a ledger, its export, its proofs, and refuses a changed byte",
    .enabled(if: isAvailable, "python3 with the package 'cryptography' is not here"),
    arguments: [0, 1, 256, 700, 70_000])
  func accepts(size: Int) async throws {
    let scratch = try Scratch()
    try await Self.extend(scratch, to: size / 3)
    let oldCheckpoint = try scratch.read("checkpoint")
    try await Self.extend(scratch, to: size)
    let vkey = scratch.key.verifier.text
    let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor)
    var arguments = [Self.script, scratch.ledger, vkey]
    if size > 0 {
      let (proof, entry) = try audit.prove(size / 2)
      try scratch.write("../proof", proof.bytes)
      try scratch.write("../entry", entry)
      let old = try Verified(oldCheckpoint, with: scratch.key.verifier).value.size
      let lines = ["old \(old)"] + (try audit.consistency(from: old).hashes.map(\.base64))
      try scratch.write("../old", oldCheckpoint)
      try scratch.write("../body", Array((lines.joined(separator: "\n") + "\n\n").utf8) + scratch.read("checkpoint"))
      arguments += ["--proof", scratch.root + "/proof", scratch.root + "/entry"]
      arguments += ["--consistency", scratch.root + "/body", scratch.root + "/old"]
    }
    let live = try Self.python(arguments)
    #expect(live.code == 0, "\(live.output)")
    #expect(live.output.contains("\(size) entries"))
    try audit.export(to: scratch.root + "/export")
    let copy = try Self.python([Self.script, scratch.root + "/export", vkey])
    #expect(copy.code == 0, "\(copy.output)")
    guard size > 0, let bundle = Tile.covering(.entries, index: 0, size: size)?.path else { return }
    var bytes = try scratch.read(bundle)
    bytes[2] ^= 1
    try scratch.write(bundle, bytes)
    #expect(try Self.python([Self.script, scratch.ledger, vkey]).code == 1)
  }
}
