internal import Evidence
internal import Testing

@testable internal import Enforcement
@testable internal import Run

@Suite("The exchanges of a long run")
struct ExchangeFileTests {
  private static let count = 5 * EnforcementLimits.exchangesInMemory / 2

  private func enter(_ count: Int, into journal: ExchangeJournal) {
    for _ in 0..<count { _ = journal.enter { WatchedFixture.exchange($0, forwarded: $0 * 3) } }
  }

  @Test("the oldest go to the file, and each is read back as it was")
  func roundTrip() throws {
    let place = try Place()
    let file = try #require(ExchangeFile(in: place.path(".")))
    let journal = ExchangeJournal(archive: file)
    let whole = ExchangeJournal()
    enter(Self.count, into: journal)
    enter(Self.count, into: whole)
    #expect(file.exchanges.count == EnforcementLimits.exchangesInMemory)
    #expect(journal.count == Self.count)
    #expect(journal.exchanges == whole.exchanges)
    for sequence in [
      0, 1, 2, EnforcementLimits.exchangesInMemory, EnforcementLimits.exchangesInMemory + 1, Self.count, Self.count + 1,
    ] {
      #expect(journal.exchange(sequence) == whole.exchange(sequence))
    }
  }

  @Test("one that changes after it went to the file is told as it is now")
  func late() throws {
    let place = try Place()
    let journal = ExchangeJournal(archive: ExchangeFile(in: place.path(".")))
    enter(Self.count, into: journal)
    for forwarded in [1, 12, 123, 1234] { journal.update(WatchedFixture.exchange(7, forwarded: forwarded)) }
    #expect(journal.exchange(7)?.forwardedBytes == 1234)
    #expect(journal.exchanges[6].forwardedBytes == 1234)
    #expect(journal.exchanges[7].forwardedBytes == 24)
    journal.update(WatchedFixture.exchange(8, forwarded: 5678))
    #expect(journal.exchanges.map(\.sequence) == Array(1...Self.count))
    #expect(journal.exchanges[6].forwardedBytes == 1234)
    #expect(journal.exchange(8)?.forwardedBytes == 5678)
  }
}
