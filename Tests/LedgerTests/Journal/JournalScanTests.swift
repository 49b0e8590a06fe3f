import Testing

@testable import Ledger

@Suite struct JournalScanTests {
  private static let seed = JournalRecord.seed(origin: "example.com/log", base: 5)

  private static func journal(_ groups: [[String]]) -> (bytes: [UInt8], ends: [Int]) {
    var (bytes, digest, index, ends): ([UInt8], TreeHash, Int, [Int]) = ([], seed, 5, [0])
    for group in groups {
      let record = JournalRecord.encode(group.map { Array($0.utf8) }, firstIndex: index, after: digest)
      bytes += record.bytes
      digest = record.digest
      index += group.count
      ends.append(bytes.count)
    }
    return (bytes, ends)
  }

  private static let groups = [["a"], ["b", ""], ["cc", "dd", "ee"]]

  @Test("a journal is read as it was written, group by group")
  func reads() {
    let (bytes, _) = Self.journal(Self.groups)
    let scan = JournalScan(bytes, after: Self.seed, nextIndex: 5)
    #expect(scan.entries.map { String(decoding: $0, as: UTF8.self) } == ["a", "b", "", "cc", "dd", "ee"])
    #expect(scan.tail == .clean)
    #expect(scan.end == bytes.count)
  }

  @Test("a journal cut anywhere keeps its whole records and no more")
  func cut() {
    let (bytes, ends) = Self.journal(Self.groups)
    for length in bytes.indices {
      let scan = JournalScan(Array(bytes[..<length]), after: Self.seed, nextIndex: 5)
      #expect(scan.end == ends.last { $0 <= length })
      #expect(scan.tail == (ends.contains(length) ? .clean : .cut), "\(length)")
    }
  }

  @Test("a changed byte anywhere is seen, and told from an unfinished end wherever a record follows")
  func changed() {
    let (bytes, ends) = Self.journal(Self.groups)
    for position in bytes.indices {
      var bad = bytes
      bad[position] ^= 0x10
      let scan = JournalScan(bad, after: Self.seed, nextIndex: 5)
      #expect(scan.end == ends.last { $0 <= position })
      #expect(position >= ends[2] || scan.tail == .damaged, "\(position)")
      #expect(scan.tail != .clean)
    }
  }

  @Test("records that are moved, repeated or of another journal are not taken")
  func moved() {
    let (bytes, ends) = Self.journal(Self.groups)
    let (first, second) = (Array(bytes[..<ends[1]]), Array(bytes[ends[1]..<ends[2]]))
    for bad in [second + first, first + first, second] {
      #expect(JournalScan(bad, after: Self.seed, nextIndex: 5).entries.count <= 1)
    }
    #expect(JournalScan(bytes, after: Self.seed, nextIndex: 6).entries.isEmpty)
    let other = JournalRecord.seed(origin: "example.com/other", base: 5)
    #expect(JournalScan(bytes, after: other, nextIndex: 5).entries.isEmpty)
  }

  @Test("arbitrary bytes are no journal, and nothing crashes on them")
  func hostile() {
    var random = SeededGenerator(seed: 11)
    let (bytes, _) = Self.journal(Self.groups)
    for round in 0..<2_000 {
      var bad = round % 2 == 0 ? bytes : (0..<Int.random(in: 0...200, using: &random)).map { _ in 0 }
      for _ in 0..<Int.random(in: 1...8, using: &random) where !bad.isEmpty {
        bad[Int.random(in: bad.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let scan = JournalScan(bad, after: Self.seed, nextIndex: 5)
      #expect(scan.end <= bad.count)
    }
  }
}
