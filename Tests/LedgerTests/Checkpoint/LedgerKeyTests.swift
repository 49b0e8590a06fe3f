import Foundation
import Testing

@testable import Ledger

@Suite struct LedgerKeyTests {
  @Test("a key is made once, for its owner's eyes alone, and loaded ever after")
  func loadOrCreate() throws {
    let scratch = try Scratch()
    let path = scratch.keys + "/" + LedgerKey.fileName
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try LedgerKey.loadOrCreate(at: scratch.keys).verifier == scratch.key.verifier)
    #expect(scratch.key.origin.wholeMatch(of: /sallyport\.local\/[0-9a-f]{16}/) != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.keys) == [LedgerKey.fileName])
  }

  @Test("many who come at once get the same key")
  func race() async throws {
    let scratch = try Scratch()
    let directory = scratch.root + "/raced"
    let keys = try await withThrowingTaskGroup(of: VerifierKey.self) { group in
      for _ in 0..<16 { group.addTask { try LedgerKey.loadOrCreate(at: directory).verifier } }
      return try await group.reduce(into: Set<VerifierKey>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
  }

  @Test("a key that others may read is refused with the command that mends it")
  func openMode() throws {
    let scratch = try Scratch()
    let path = scratch.keys + "/" + LedgerKey.fileName
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let error = #expect(throws: LedgerError.self) { try LedgerKey.loadOrCreate(at: scratch.keys) }
    #expect(error?.remedy == "run `chmod 600 \(path)`")
  }

  @Test("a damaged key file is refused and not replaced")
  func damaged() throws {
    let scratch = try Scratch()
    let path = scratch.keys + "/" + LedgerKey.fileName
    let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    for bad in [Array(good.dropLast()), [], good + [0x0a], Array("PRIVATE+KEY+a+b+c\n".utf8), [0xff, 0x0a]] {
      try Data(bad).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(throws: LedgerError.self) { try LedgerKey.loadOrCreate(at: scratch.keys) }
      #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == bad)
    }
  }

  @Test("a key never prints its private half")
  func redacted() throws {
    let key = try LedgerKey(origin: "example.com/log", seed: [UInt8](repeating: 7, count: 32))
    let secret = Base64.encode([1] + [UInt8](repeating: 7, count: 32))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] {
      #expect(!text.contains(secret) && !text.contains("7, 7, 7"))
    }
  }
}
