import Evidence
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// A disk that fails at any step: the caller is told, nothing is corrupted, and later appends work.
@Suite struct FaultTests {
  /// Fails the steps whose numbers are in `range`, counted from 0.
  private final class Faults: Sendable {
    private let range: Range<Int>
    private let number: Int32
    private let steps = Atomic<Int>(0)

    init(_ range: Range<Int>, _ number: Int32) {
      self.range = range
      self.number = number
    }

    var count: Int { steps.load(ordering: .sequentiallyConsistent) }

    func probe(_ step: StorageStep) -> Int32? {
      range.contains(steps.add(1, ordering: .sequentiallyConsistent).oldValue) ? number : nil
    }
  }

  @Test("whichever one step finds the disk full, the entries acknowledged are exactly those in the ledger")
  func everyStepOnce() async throws {
    var step = 0
    var failures = 0
    while true {
      let scratch = try Scratch()
      try await scratch.fill(254)
      let faults = Faults(step..<step + 1, ENOSPC)
      var acknowledged: [Int] = []
      do {
        let log = try scratch.open(.disk, probe: faults.probe)
        for number in 0..<4 {
          do {
            let range = try await log.append([Scratch.entry(1000 + number)])
            acknowledged.append(1000 + number)
            #expect(range.lowerBound == 253 + acknowledged.count)
          } catch {
            failures += 1
            #expect(error.code == .diskFull, "step \(step): \(error)")
          }
        }
        do { try log.close() } catch { #expect(error.code == .diskFull) }
      } catch let error as LedgerError {
        #expect(error.code == .diskFull, "step \(step): \(error)")
      }
      try expectSound(scratch, acknowledged, "step \(step)")
      if faults.count <= step { break }
      step += 1
    }
    #expect(step > 30)
    #expect(failures > 0)
  }

  private func expectSound(_ scratch: Scratch, _ acknowledged: [Int], _ comment: Comment) throws {
    try scratch.open().close()
    let report = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor).verify()
    #expect(report.problem == nil, comment)
    let numbers = try scratch.stored(report.size).dropFirst(254).map { try JSONParser.parse($0)["number"]?.integer }
    #expect(numbers == acknowledged.map { $0 }, comment)
  }

  @Test("a disk that stays full fails appends in words, and takes them again once there is room")
  func fullForLong() async throws {
    let scratch = try Scratch()
    let isFull = Mutex(false)
    let log = try scratch.open { _ in isFull.withLock { $0 } ? ENOSPC : nil }
    #expect(try await log.append([Scratch.entry(0)]) == 0..<1)
    isFull.withLock { $0 = true }
    for _ in 0..<3 {
      let error = await #expect(throws: LedgerError.self) { try await log.append([Scratch.entry(99)]) }
      #expect(error?.code == .diskFull)
      #expect(error?.remedy.contains("nothing was damaged") == true)
    }
    isFull.withLock { $0 = false }
    #expect(try await log.append([Scratch.entry(1)]) == 1..<2)
    try log.close()
    #expect(try scratch.checkpoint.size == 2)
  }

  @Test("a journal that takes entries while tiles cannot be written loses none: the next opening completes them")
  func tilesFail() async throws {
    let scratch = try Scratch()
    try await scratch.fill(2)
    let log = try scratch.open { step in
      if case .link(let name) = step, name.hasPrefix("tile/") { ENOSPC } else { nil }
    }
    #expect(try await log.append((2..<500).map(Scratch.entry)) == 2..<500)
    let error = #expect(throws: LedgerError.self) { try log.close() }
    #expect(error?.code == .diskFull)
    let audit = try LedgerAudit(directory: scratch.ledger, key: scratch.key.verifier, anchor: scratch.anchor)
    let report = try audit.verify()
    #expect(report.problem == nil)
    #expect(report.unpublishedEntries == 498)
    try scratch.open().close()
    #expect(try audit.verify().size == 500)
  }

  @Test(
    "a read-only or forbidden disk is told from a full one",
    arguments: [
      (EROFS, LedgerError.Code.readOnly), (EACCES, .noPermission), (EDQUOT, .diskFull), (EFBIG, .diskFull),
      (EIO, .storage),
    ])
  func kinds(number: Int32, code: LedgerError.Code) async throws {
    let scratch = try Scratch()
    let fails = Mutex(false)
    let log = try scratch.open { step in
      if case .write = step { fails.withLock { $0 } ? number : nil } else { nil }
    }
    fails.withLock { $0 = true }
    let error = await #expect(throws: LedgerError.self) { try await log.append([1]) }
    #expect(error?.code == code)
    #expect(error?.place == "journal/0000000000000000000")
    fails.withLock { $0 = false }
    try log.close()
  }

  @Test("a short write that cannot be cut off again is cut off by the next append")
  func shortWrite() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    #expect(try await log.append([Scratch.entry(0)]) == 0..<1)
    // As a full disk leaves it where ftruncate(2) fails too.
    let journal = try scratch.read("journal/0000000000000000000")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.ledger + "/journal/0000000000000000000"))
    try file.seekToEnd()
    try file.write(contentsOf: journal.prefix(40))
    #expect(try await log.append([Scratch.entry(1)]) == 1..<2)
    try log.close()
    #expect(try LedgerAudit(directory: scratch.ledger, key: nil, anchor: nil).verify().problem == nil)
    #expect(try scratch.checkpoint.size == 2)
  }
}
