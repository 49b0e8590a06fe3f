import Evidence
import Foundation
import Synchronization
import Testing

@testable import Ledger

@Suite struct AppendTests {
  @Test("a ledger of decimals has the roots that another implementation found, across every change of levels")
  func vectors() async throws {
    let scratch = try Scratch()
    let vectors = MerkleVectorTests.decimals.dropFirst()
    for vector in vectors {
      let log = try scratch.open()
      while log.size < vector.size {
        let next = min(vector.size, log.size + LedgerLimits.entriesPerAppend)
        _ = try await log.append((log.size..<next).map { .integer($0) })
      }
      try log.close()
      #expect(try scratch.checkpoint.size == vector.size)
      #expect(try scratch.checkpoint.root.base64 == vector.root)
    }
    let report = try LedgerAudit(directory: scratch.ledger, key: nil, anchor: scratch.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.entriesChecked == 70_000)
    // Older forms are kept for as long as their tile is not full, and no longer.
    let unfinished = Set(Tile.all(size: 70_000).filter { !$0.isFull }.map(\.partialsPath))
    let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.ledger + "/tile")
    #expect(Set(names.filter { $0.hasSuffix(".p") }.map { "tile/" + $0 }) == unfinished)
  }

  @Test("an entry of 65,535 bytes is taken and one of 65,536 refused, with nothing of its append recorded")
  func entryLimit() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    let longest = JSONValue.string(String(repeating: "x", count: 65_533))
    #expect(try await log.append([longest]) == 0..<1)
    let error = await #expect(throws: LedgerError.self) {
      try await log.append([1, .string(String(repeating: "x", count: 65_534))])
    }
    #expect(error?.code == .entryTooLarge)
    #expect(error?.place == "entry 1 of the append")
    #expect(log.size == 1)
    try log.close()
    #expect(try scratch.stored(1)[0].count == 65_535)
  }

  @Test("what nobody waits for becomes durable by itself, whether or not the writer was awake", .timeLimit(.minutes(1)))
  func notUrgent() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    for index in 0..<20 {
      // In turns behind an entry that woke the writer, and behind nothing.
      if index % 2 == 0 { _ = try await log.append([.integer(index)]) }
      let result = await withCheckedContinuation { continuation in
        log.append([.string("last")], isUrgent: false) { continuation.resume(returning: $0) }
      }
      _ = try result.get()
    }
    #expect(log.size == 30)
    try log.close()
  }

  @Test("where nobody else writes, an entry is durable before its append returns")
  func atOnce() throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    for index in 0..<20 {
      let indices = Mutex<Range<Int>?>(nil)
      log.append([.integer(index)]) { result in indices.withLock { $0 = try? result.get() } }
      #expect(indices.withLock { $0 } == index..<index + 1)
    }
    try log.close()
    #expect(try scratch.checkpoint.size == 20)
  }

  @Test("entries stand in the order of their appends, whether or not somebody waits for them", .timeLimit(.minutes(1)))
  func mixedOrder() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    let indices = Mutex<[Int]>([])
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let isUrgent = Bool.random(using: &random)
      log.append([1], isUrgent: isUrgent) { result in
        guard let index = try? result.get().lowerBound else { return }
        indices.withLock { $0.append(index) }
      }
      if Int.random(in: 0..<50, using: &random) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
    try log.close()
    #expect(indices.withLock { $0 } == Array(0..<2_000))
  }

  @Test("a disk that keeps one caller waiting keeps no other: the writer's thread waits for it")
  func slowDisk() async throws {
    let scratch = try Scratch()
    let isSlow = Atomic(false)
    let log = try scratch.open(probe: { step in
      if case .write(let name, _) = step, name.hasPrefix(Journal.directoryName), isSlow.load(ordering: .relaxed) {
        usleep(20_000)
      }
      return nil
    })
    isSlow.store(true, ordering: .relaxed)
    _ = try await log.append([1])
    let isDurable = Mutex(false)
    log.append([2]) { _ in isDurable.withLock { $0 = true } }
    #expect(isDurable.withLock { $0 } == false)
    try log.close()
    #expect(isDurable.withLock { $0 })
  }

  @Test("what is no JSON and what is too much at once is refused in words")
  func refused() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    let notJSON = await #expect(throws: LedgerError.self) { try await log.append([.number(.infinity)]) }
    #expect(notJSON?.code == .entryNotJSON)
    let many = [JSONValue](repeating: 1, count: LedgerLimits.entriesPerAppend + 1)
    #expect(await #expect(throws: LedgerError.self) { try await log.append(many) }?.code == .appendTooLarge)
    let large = [JSONValue](repeating: .string(String(repeating: "x", count: 60_000)), count: 200)
    #expect(await #expect(throws: LedgerError.self) { try await log.append(large) }?.code == .appendTooLarge)
    #expect(try await log.append([]) == 0..<0)
    try log.close()
    #expect(await #expect(throws: LedgerError.self) { try await log.append([1]) }?.code == .closed)
    try log.close()
  }

  @Test("past the queue's bound an append fails at once, and what waits is written when the disk goes on")
  func overload() async throws {
    let scratch = try Scratch()
    let gate = Mutex(true)
    let log = try scratch.open { step in
      if case .write(let name, _) = step, name.hasPrefix("journal") {
        while gate.withLock({ $0 }) { usleep(500) }
      }
      return nil
    }
    let outcomes = Mutex((taken: 0, overloaded: 0))
    let batch = [JSONValue](repeating: 1, count: 4_096)
    for _ in 0..<40 {
      log.append(batch) { result in
        outcomes.withLock { outcomes in
          switch result {
          case .success: outcomes.taken += 1
          case .failure(let error):
            #expect(error.code == .overloaded)
            outcomes.overloaded += 1
          }
        }
      }
    }
    #expect(outcomes.withLock { $0.taken } == 0)
    #expect(outcomes.withLock { $0.overloaded } >= 40 - 17)
    gate.withLock { $0 = false }
    try log.close()
    let (taken, overloaded) = outcomes.withLock { $0 }
    #expect(taken + overloaded == 40)
    #expect(taken >= 16)
    #expect(try scratch.checkpoint.size == taken * 4_096)
  }

  @Test("completions come in the order of the appends, with ranges that touch")
  func order() throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    let ranges = Mutex<[Range<Int>]>([])
    for count in (1...500).map({ $0 % 5 + 1 }) {
      log.append([JSONValue](repeating: 1, count: count)) { result in
        if case .success(let range) = result { ranges.withLock { $0.append(range) } }
      }
    }
    try log.close()
    let seen = ranges.withLock { $0 }
    #expect(seen.map(\.count) == (1...500).map { $0 % 5 + 1 })
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(seen.first?.lowerBound == 0)
  }

  @Test("equal values are equal bytes: entries are canonical JSON, byte for byte in the bundle")
  func canonical() async throws {
    let scratch = try Scratch()
    let log = try scratch.open(.disk)
    _ = try await log.append([["b": 1, "a": [true, nil, "é\n"]]])
    try log.close()
    let text = #"{"a":[true,null,"é\n"],"b":1}"#
    #expect(try scratch.read("tile/entries/000.p/1") == [0, UInt8(text.utf8.count)] + Array(text.utf8))
  }

  @Test("a ledger left open is published by itself, and closed when nobody holds it", .timeLimit(.minutes(1)))
  func publishesByItself() async throws {
    let scratch = try Scratch()
    do {
      let log = try scratch.open()
      _ = try await log.append((0..<300).map(Scratch.entry))
      while try scratch.checkpoint.size < 300 { try await Task.sleep(for: .milliseconds(1)) }
      _ = try await log.append([1])
    }
    #expect(try scratch.checkpoint.size == 301)
  }

  @Test("a long journal is replaced, and the old one removed")
  func rotation() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    let large = JSONValue.string(String(repeating: "x", count: 60_000))
    _ = try await log.append([JSONValue](repeating: large, count: 60))
    try log.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.ledger + "/journal") == ["0000000000000000060"])
    #expect(try scratch.read("journal/0000000000000000060").isEmpty)
    try await scratch.fill(3)
    #expect(try LedgerAudit(directory: scratch.ledger, key: nil, anchor: scratch.anchor).verify().problem == nil)
  }

  @Test("a process that slept through another's journals finds its way back")
  func sleeper() async throws {
    let scratch = try Scratch()
    let (sleeper, other) = (try scratch.open(), try scratch.open())
    #expect(try await sleeper.append([1]) == 0..<1)
    let large = JSONValue.string(String(repeating: "x", count: 60_000))
    for _ in 0..<9 { _ = try await other.append([JSONValue](repeating: large, count: 30)) }
    try other.close()
    #expect(try await sleeper.append([2]) == 271..<272)
    try sleeper.close()
    let report = try LedgerAudit(directory: scratch.ledger, key: nil, anchor: scratch.anchor).verify()
    #expect(report.problem == nil)
    #expect(report.size == 272)
  }

  @Test("an audit beside a busy writer finds nothing wrong")
  func auditBesideWriter() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    try await withThrowingTaskGroup { group in
      group.addTask {
        for number in 0..<3_000 { _ = try await log.append([Scratch.entry(number)]) }
      }
      group.addTask {
        for _ in 0..<15 {
          let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor)
          #expect(try audit.verify().problem == nil)
        }
      }
      try await group.waitForAll()
    }
    try log.close()
  }

  @Test("a journal removed under a running log stops it instead of taking entries into nowhere")
  func removedWhileOpen() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    #expect(try await log.append([1]) == 0..<1)
    try FileManager.default.removeItem(atPath: scratch.ledger)
    let error = await #expect(throws: LedgerError.self) { try await log.append([2]) }
    #expect(error?.code == .truncated)
    #expect(throws: LedgerError.self) { try log.close() }
  }

  @Test("a run that goes on in a ledger that was set aside does not spoil the new one's anchor")
  func setAsideWhileOpen() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    #expect(try await log.append([1]) == 0..<1)
    try FileManager.default.removeItem(atPath: scratch.anchor)
    let outcome = try LedgerRecovery.setAside(scratch.home)
    #expect(try await log.append([2]) == 1..<2)
    let error = #expect(throws: LedgerError.self) { try log.close() }
    #expect(error?.code == .keyMismatch)
    let audit = try LedgerAudit(directory: scratch.ledger, key: outcome.key.verifier, anchor: scratch.anchor)
    #expect(try audit.verify().problem == nil)
  }
}
