import Evidence
import Testing

@testable import Ledger

@Suite struct TransparencyLogTests {
  @Test("appended entries are in the published tree after closing, in order")
  func appends() async throws {
    let scratch = try Scratch()
    let log = try scratch.open()
    #expect(try await log.append([Scratch.entry(0), Scratch.entry(1)]) == 0..<2)
    #expect(try await log.append([Scratch.entry(2)]) == 2..<3)
    #expect(log.size == 3)
    try log.close()
    let stored = try scratch.stored(3)
    #expect(try stored == (0..<3).map { try CanonicalJSON.encode(Scratch.entry($0)) })
    let checkpoint = try scratch.checkpoint
    #expect(checkpoint.size == 3)
    #expect(checkpoint.root == LeafList(stored).root(of: 0..<3))
  }

  @Test("a log that is opened again goes on where it was", arguments: [1, 255, 256, 257, 700])
  func reopens(count: Int) async throws {
    let scratch = try Scratch()
    try await scratch.fill(count, 3, 300)
    let size = count + 303
    #expect(try scratch.checkpoint.size == size)
    #expect(try scratch.checkpoint.root == LeafList(try scratch.stored(size)).root(of: 0..<size))
  }

  @Test("two logs over one directory give every entry its own index, without gaps")
  func concurrent() async throws {
    let scratch = try Scratch()
    let logs = [try scratch.open(), try scratch.open()]
    let indexes = try await withThrowingTaskGroup(of: [Int].self) { group in
      for (side, log) in logs.enumerated() {
        for lane in 0..<10 {
          group.addTask {
            var indexes: [Int] = []
            for number in 0..<100 {
              indexes += try await log.append([Scratch.entry(side * 1000 + lane * 100 + number)])
            }
            return indexes
          }
        }
      }
      return try await group.reduce(into: [Int]()) { $0 += $1 }
    }
    for log in logs { try log.close() }
    #expect(indexes.sorted() == Array(0..<2000))
    let stored = try scratch.stored(2000)
    #expect(Set(stored).count == 2000)
    #expect(try scratch.checkpoint.root == LeafList(stored).root(of: 0..<2000))
    try scratch.open().close()
  }
}
