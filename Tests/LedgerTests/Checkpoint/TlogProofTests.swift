import Evidence
import Foundation
import Testing

@testable import Ledger

@Suite struct TlogProofTests {
  @Test("every entry of a ledger is proved by a file that verifies with nothing but the key", arguments: [1, 256, 600])
  func proves(size: Int) async throws {
    let scratch = try Scratch()
    try await scratch.fill(size)
    let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil)
    for index in Set([0, size / 2, size - 1]) {
      let (proof, entry) = try audit.prove(index)
      #expect(try entry == CanonicalJSON.encode(Scratch.entry(index)))
      let read = try TlogProof(proof.bytes)
      #expect(read == proof)
      #expect(try read.verify(entry: entry, with: scratch.key.verifier).value.size == size)
      var other = entry
      other[other.count / 2] ^= 1
      #expect(throws: LedgerError.self) { try read.verify(entry: other, with: scratch.key.verifier) }
      #expect(throws: LedgerError.self) { try read.verify(entry: entry, with: LedgerKey.random().verifier) }
    }
    #expect(throws: LedgerError.self) { try audit.prove(size) }
    #expect(throws: LedgerError.self) { try audit.prove(-1) }
  }

  @Test("the file has the form of C2SP tlog-proof")
  func form() throws {
    let key = try LedgerKey(origin: "example.com/log", seed: [UInt8](repeating: 1, count: 32))
    let entries = [Array("a".utf8), Array("b".utf8)]
    let checkpoint = Checkpoint(origin: key.origin, size: 2, root: LeafList(entries).root(of: 0..<2))
    let note = try key.sign(checkpoint)
    let sibling = TreeHash.leaf(entries[1])
    let proof = TlogProof(inclusion: InclusionProof(index: 0, hashes: [sibling]), checkpoint: note, extra: [1, 2])
    let expected = "c2sp.org/tlog-proof@v1\nextra AQI=\nindex 0\n\(sibling.base64)\n\n"
    #expect(proof.bytes == Array(expected.utf8) + note)
    #expect(try TlogProof(proof.bytes) == proof)
  }

  @Test("a cut proof file is refused or fails, wherever it is cut")
  func cut() async throws {
    let scratch = try Scratch()
    try await scratch.fill(5)
    let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil)
    let (proof, entry) = try audit.prove(3)
    let bytes = proof.bytes
    for end in bytes.indices {
      #expect(throws: LedgerError.self) {
        try TlogProof(Array(bytes[..<end])).verify(entry: entry, with: scratch.key.verifier)
      }
    }
  }

  @Test("a ledger's sizes are proved to be consistent, also from sizes whose partial tiles are gone")
  func consistency() async throws {
    let scratch = try Scratch()
    try await scratch.fill(100, 100, 100)
    let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: nil)
    for old in [0, 1, 100, 200, 299, 300] {
      let proof = try audit.consistency(from: old)
      #expect(try proof.proves(oldRoot: audit.root(size: old), newRoot: audit.root(size: 300)))
    }
    #expect(
      try audit.consistency(from: 7, to: 200).proves(oldRoot: audit.root(size: 7), newRoot: audit.root(size: 200)))
    #expect(throws: LedgerError.self) { try audit.consistency(from: 301) }
    #expect(throws: LedgerError.self) { try audit.consistency(from: 1, to: 301) }
  }

  @Test("an exported copy verifies, holds only what an auditor needs, and cannot be written")
  func export() async throws {
    let scratch = try Scratch()
    try await scratch.fill(100, 200)
    let audit = try LedgerAudit(directory: scratch.ledger, key: nil, anchor: scratch.anchor)
    let target = scratch.root + "/export/bundle"
    #expect(try audit.export(to: target).size == 300)
    let files = try FileManager.default.subpathsOfDirectory(atPath: target).filter { !$0.hasPrefix("tile") }
    #expect(Set(files) == ["checkpoint", "key.pub", "policy"])
    let mode = try FileManager.default.attributesOfItem(atPath: target + "/checkpoint")[.posixPermissions] as? Int
    #expect(mode == 0o444)
    let policy = try String(contentsOfFile: target + "/policy", encoding: .utf8)
    #expect(policy == "log \(scratch.key.verifier)\nquorum none\n")
    let copy = try LedgerAudit(directory: target, key: scratch.key.verifier, anchor: nil)
    #expect(try copy.verify().problem == nil)
    #expect(try copy.prove(7).entry == CanonicalJSON.encode(Scratch.entry(7)))
    #expect(throws: LedgerError.self) { try audit.export(to: target) }
    try FileManager.default.removeItem(atPath: target + "/tile/0/001.p/44")
    #expect(try copy.verify().problem?.kind == .truncated)
  }

  @Test("a ledger that does not verify is not exported")
  func brokenExport() async throws {
    let scratch = try Scratch()
    try await scratch.fill(3)
    var bundle = try scratch.read("tile/entries/000.p/3")
    bundle[9] ^= 1
    try scratch.write("tile/entries/000.p/3", bundle)
    let audit = try LedgerAudit(directory: scratch.ledger, key: nil, anchor: nil)
    #expect(throws: LedgerError.self) { try audit.export(to: scratch.root + "/export") }
    #expect(!FileManager.default.fileExists(atPath: scratch.root + "/export"))
  }
}
