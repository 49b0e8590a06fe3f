import Evidence
import Foundation

@testable import Ledger

/// A directory of a test's own with a ledger, a key and an anchor in it; removed when nobody holds it.
final class Scratch: Sendable {
  let root: String
  var ledger: String { root + "/ledger" }
  var keys: String { root + "/keys" }
  var anchor: String { root + "/state/ledger.anchor" }
  var home: LedgerHome { LedgerHome(directory: ledger, keys: keys, anchor: anchor) }
  let key: LedgerKey

  init() throws {
    root = NSTemporaryDirectory() + "sallyport-ledger-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    key = try LedgerKey.loadOrCreate(at: root + "/keys")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func open(_ durability: Durability = .process, probe: StorageProbe? = nil) throws -> TransparencyLog {
    try TransparencyLog.open(at: ledger, key: key, anchor: anchor, durability: durability, probe: probe)
  }

  /// A ledger with `count` entries, one append and one checkpoint after another where `steps` says so.
  func fill(_ steps: Int...) async throws {
    for count in steps {
      let log = try open()
      let start = log.size
      _ = try await log.append((start..<start + count).map(Self.entry))
      try log.close()
    }
  }

  static func entry(_ number: Int) -> JSONValue {
    [
      "v": 1, "type": "egress.decision", "t": "2026-11-20T12:00:00.123Z", "run": "r_0123456789abcdef",
      "verdict": "deny", "number": .integer(number), "meta": ["host": "api.example.com", "port": 443],
    ]
  }

  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: ledger + "/" + name)))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: ledger + "/" + name))
  }

  /// Every file beneath the root.
  func contents() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root)
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: root + "/" + $0) ?? Data()) })
  }

  func copy(_ source: String, to target: String) throws {
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }

  func stored(_ size: Int) throws -> [[UInt8]] {
    let store = TileStore(directory: try LedgerDirectory(ledger, create: false))
    return try (0..<size).map { try store.entry($0, size: size) }
  }

  var checkpoint: Checkpoint {
    get throws { try Verified(try read("checkpoint"), with: key.verifier).value }
  }
}
