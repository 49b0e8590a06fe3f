import Evidence
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// Ledger, key and anchor belong together: what is missing is never made anew in silence.
@Suite struct LedgerHomeTests {
  /// A directory in which nothing was ever recorded.
  private final class Place: Sendable {
    let root = NSTemporaryDirectory() + "sallyport-home-" + UUID().uuidString
    var home: LedgerHome { Self.home(root) }

    static func home(_ root: String) -> LedgerHome {
      LedgerHome(directory: root + "/ledger", keys: root + "/keys", anchor: root + "/ledger.anchor")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func fill(_ count: Int) async throws {
      let log = try home.open(.process).log
      _ = try await log.append((0..<count).map(Scratch.entry))
      try log.close()
    }

    func remove(_ names: String...) throws {
      for name in names { try FileManager.default.removeItem(atPath: root + "/" + name) }
    }

    func files() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: root).sorted() }
  }

  @Test("a home is begun once, and gone on with under the same key")
  func begins() async throws {
    let place = Place()
    #expect(try place.home.condition() == .unused)
    try await place.fill(3)
    #expect(try place.home.condition() == .complete)
    let key = try LedgerKey.load(at: place.home.keys).verifier
    try await place.fill(4)
    let report = try LedgerAudit(directory: place.home.directory, key: key, anchor: place.home.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.size == 7)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.home.keys) == [LedgerKey.fileName])
  }

  @Test("many who come at once begin one ledger under one key")
  func race() async throws {
    let place = Place()
    let keys = try await withThrowingTaskGroup(of: VerifierKey.self) { group in
      for number in 0..<8 {
        group.addTask {
          let (log, key) = try place.home.open(.process)
          _ = try await log.append([Scratch.entry(number)])
          try log.close()
          return key.verifier
        }
      }
      return try await group.reduce(into: Set<VerifierKey>()) { $0.insert($1) }
    }
    let key = try #require(keys.first)
    #expect(keys.count == 1)
    let report = try LedgerAudit(directory: place.home.directory, key: key, anchor: place.home.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.size == 8)
  }

  @Test("whoever comes while another is beginning the ledger waits for it, at whatever step")
  func comesMeanwhile() async throws {
    let place = Place()
    let others = Mutex<[Task<Int, any Error>]>([])
    let home = place.home
    let (log, _) = try home.open(.process) { _ in
      others.withLock {
        $0.append(
          Task.detached {
            let (log, _) = try home.open(.process)
            defer { try? log.close() }
            return try await log.append([1]).count
          })
      }
      usleep(2_000)
      return nil
    }
    try log.close()
    let tasks = others.withLock { $0 }
    #expect(tasks.count > 10)
    for task in tasks { #expect(try await task.value == 1) }
    let key = try LedgerKey.load(at: home.keys).verifier
    let report = try LedgerAudit(directory: home.directory, key: key, anchor: home.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.size == tasks.count)
  }

  @Test("whoever dies while the ledger is begun leaves a home that can be begun, or gone on with")
  func everyInstant() async throws {
    let place = Place()
    let snapshots = Mutex<[String]>([])
    let root = place.root
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    let (log, _) = try place.home.open(.process) { _ in
      snapshots.withLock { taken in
        let path = "\(root)-\(taken.count)"
        try? FileManager.default.copyItem(atPath: root, toPath: path)
        taken.append(path)
      }
      return nil
    }
    try log.close()
    let taken = snapshots.withLock { $0 }
    #expect(taken.count > 10)
    for path in taken {
      let home = Place.home(path)
      let (log, key) = try home.open(.process)
      #expect(try await log.append([Scratch.entry(0)]) == 0..<1)
      try log.close()
      #expect(try home.condition() == .complete)
      #expect(
        try LedgerAudit(directory: home.directory, key: key.verifier, anchor: home.anchor).verify().problem == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: home.keys) == [LedgerKey.fileName])
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test("whoever dies while a ledger is set aside leaves a home that refuses, until it is set aside again")
  func settingAsideDies() async throws {
    let place = Place()
    try await place.fill(3)
    // As it is when the new ledger is there and the old key still in its place.
    try FileManager.default.moveItem(atPath: place.home.directory, toPath: place.root + "/aside")
    try place.remove("ledger.anchor")
    let draft = LedgerKey.random()
    let log = try TransparencyLog.open(at: place.home.directory, key: draft, anchor: place.home.anchor)
    _ = try await log.append([Scratch.entry(0)])
    try log.close()
    let error = #expect(throws: LedgerError.self) { try place.home.open(.process) }
    #expect(error?.code == .keyMismatch)
    _ = try LedgerRecovery.setAside(place.home)
    try await place.fill(1)
  }

  /// How far whoever set a ledger aside came before dying.
  enum Death: String, CaseIterable, Sendable {
    case intending, movingLedger, movingAnchor, draftingKey, beginning, appending
  }

  @Test(
    "wherever setting aside dies, the home refuses runs, and the next try commits to the same old ledger",
    arguments: Death.allCases, [true, false])
  func settingAsideDiesAnywhere(death: Death, hasKey: Bool) async throws {
    let place = Place()
    try await place.fill(3)
    if !hasKey { try place.remove("keys/ledger.key") }
    let checkpoint = try Data(contentsOf: URL(fileURLWithPath: place.home.directory + "/checkpoint"))
    let hash = TreeHash.sha256(Array(checkpoint)).base64
    try place.remove("ledger/tile")
    try await Self.setAside(place.home, until: death)
    #expect(throws: LedgerError.self) { try place.home.open(.process) }
    #expect(!place.home.isSound)
    let outcome = try LedgerRecovery.setAside(place.home)
    #expect(outcome.firstEntry["previous"]?["checkpointHash"]?.string == hash)
    #expect(outcome.firstEntry["previous"]?["size"]?.integer == 3)
    #expect(outcome.firstEntry["previous"]?["keyHash"]?.string != nil)
    let aside = try #require(outcome.brokenDirectory)
    #expect(try Data(contentsOf: URL(fileURLWithPath: aside + "/checkpoint")) == checkpoint)
    #expect(place.home.isSound)
    try await place.fill(1)
    #expect(try !place.files().contains("keys/" + ForkIntent.fileName))
  }

  private static func setAside(_ home: LedgerHome, until death: Death) async throws {
    let files = try LedgerDirectory(home.keys, create: true, isLedger: false)
    let suffix = ".broken-before"
    let now = WallClock.system.now()
    let intent = ForkIntent(suffix: suffix, entry: try LedgerRecovery.firstEntry(home, suffix, now))
    try intent.write(in: files)
    if death == .intending { return }
    try FileManager.default.moveItem(atPath: home.directory, toPath: home.directory + suffix)
    if death == .movingLedger { return }
    try Anchor(path: home.anchor).setAside(suffix: suffix)
    if death == .movingAnchor { return }
    let key = try LedgerKey.loadOrCreate(LedgerHome.draftName, in: files)
    if death == .draftingKey { return }
    let log = try TransparencyLog.open(at: home.directory, key: key, anchor: home.anchor)
    if death == .appending { _ = try await log.append([intent.entry]) }
    try log.close()
  }

  @Test("a ledger that came back after setting aside had died is what the next try commits to")
  func restored() async throws {
    let place = Place()
    try await place.fill(3)
    try await Self.setAside(place.home, until: .movingAnchor)
    for (old, new) in [(place.home.directory, "ledger"), (place.home.anchor, "ledger.anchor")] {
      try FileManager.default.moveItem(atPath: old + ".broken-before", toPath: place.root + "/" + new)
    }
    #expect(place.home.isSound)
    try await place.fill(2)
    try place.remove("ledger.anchor")
    #expect(try LedgerRecovery.setAside(place.home).firstEntry["previous"]?["size"]?.integer == 5)
  }

  @Test(
    "whatever is missing, nothing is written and the sentence says what to type",
    arguments: [
      ["ledger"], ["ledger.anchor"], ["keys/ledger.key"], ["ledger", "ledger.anchor"], ["ledger", "keys/ledger.key"],
      ["ledger.anchor", "keys/ledger.key"], ["keys"], ["keys", "ledger"],
    ])
  func missing(names: [String]) async throws {
    let place = Place()
    try await place.fill(3)
    for name in names { try place.remove(name) }
    let before = try place.files()
    let error = #expect(throws: LedgerError.self) { try place.home.open(.process) }
    #expect(error?.remedy.contains("sallyport log accept-fork") == true, "\(String(describing: error))")
    #expect(try place.files() == before)
    let old = try? LedgerKey.load(at: place.home.keys).verifier
    let outcome = try LedgerRecovery.setAside(place.home)
    #expect(outcome.key.verifier != old)
    #expect(outcome.key.origin != old?.name)
    #expect((outcome.brokenDirectory == nil) == names.contains("ledger"))
    #expect(
      outcome.firstEntry["previous"]?["size"]?.integer
        == (before.contains("ledger.anchor") || before.contains("ledger/checkpoint") ? 3 : nil))
    try await place.fill(2)
    #expect(try place.home.condition() == .complete)
  }

  @Test("a draft of a key in a home with entries does not make it a new one")
  func draftBesideEntries() async throws {
    let place = Place()
    try await place.fill(3)
    let key = place.home.keys + "/" + LedgerKey.fileName
    try FileManager.default.moveItem(atPath: key, toPath: place.home.keys + "/" + LedgerHome.draftName)
    #expect(try place.home.condition() == .keyMissing)
    try place.remove("ledger")
    guard case .incomplete = try place.home.condition() else { return #expect(Bool(false), "a second history") }
  }

  @Test("a sound ledger is not set aside")
  func sound() async throws {
    let place = Place()
    try await place.fill(3)
    let before = try place.files()
    let error = #expect(throws: LedgerError.self) { try LedgerRecovery.setAside(place.home) }
    #expect(error?.code == .sound)
    #expect(try place.files() == before)
    try await place.fill(1)
  }

  @Test("nothing can be set aside where nothing was recorded")
  func nothing() throws {
    let place = Place()
    let error = #expect(throws: LedgerError.self) { try LedgerRecovery.setAside(place.home) }
    #expect(error?.code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: place.root))
  }
}
