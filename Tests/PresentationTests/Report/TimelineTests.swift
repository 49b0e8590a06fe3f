import Evidence
import Testing

@testable import Presentation

@Suite("The timeline")
struct TimelineTests {
  private func timeline(milliseconds: Int64) throws -> Timeline {
    var json = try ReportSample.rich()
    let start = try #require(Timestamp("2026-11-20T13:05:00.000Z"))
    let end = Timestamp(millisecondsSinceEpoch: start.millisecondsSinceEpoch + milliseconds)
    json = ReportSample.replacing(json, ["ended"], with: .string(end.description))
    json = ReportSample.replacing(json, ["exchanges"], with: [])
    return Timeline(try RunReport(json: json))
  }

  @Test(
    "its marks are round times, few enough to be read",
    arguments: [
      (0, ["0", "1 ms"]), (358, ["0", "50 ms", "100 ms", "150 ms", "200 ms", "250 ms", "300 ms", "350 ms"]),
      (182_000, ["0", "30 s", "1:00", "1:30", "2:00", "2:30", "3:00"]),
      (4 * 3_600_000, ["0", "30 min", "1 h", "1 h 30", "2 h", "2 h 30", "3 h", "3 h 30", "4 h"]),
    ] as [(Int64, [String])])
  func ticks(_ milliseconds: Int64, _ labels: [String]) throws {
    #expect(try timeline(milliseconds: milliseconds).ticks(most: 8).map(\.label) == labels)
  }

  @Test("a run of years, and one whose clock went backwards, have a timeline")
  func extremes() throws {
    for milliseconds in [-5000, 9_000_000_000, 200_000_000_000_000] as [Int64] {
      let ticks = try timeline(milliseconds: milliseconds).ticks(most: 8)
      #expect(ticks.count <= 9)
      #expect(ticks.allSatisfy { (0...1).contains($0.place) })
    }
  }

  @Test("exchanges at one place are one mark, but never those stopped with those let go")
  func marks() throws {
    let timeline = Timeline(try RunReport(json: try ReportSample.rich()))
    for lane in timeline.lanes {
      let marks = timeline.marks(lane, columns: 10)
      #expect(marks.reduce(0) { $0 + $1.count } == lane.exchanges.count)
      #expect(Set(marks.map(\.mark)).count == marks.count)
      #expect(marks.filter(\.mark.isStopped).reduce(0) { $0 + $1.count } == lane.stopped)
    }
  }
}
