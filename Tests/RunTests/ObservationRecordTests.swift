internal import Confinement
internal import Sandbox
internal import Testing

@testable internal import Run

@Suite("What an agent started and opened")
struct ObservationRecordTests {
  private let record = ObservationRecord(interest: FileInterest(home: "/h", workspace: "/h/w"))

  @Test("programs are counted, the most frequent first")
  func programs() {
    record.take([
      .executed(process: 1, program: "/bin/a"), .executed(process: 2, program: "/bin/b"),
      .executed(process: 3, program: "/bin/b"),
    ])
    #expect(record.programs.map(\.path) == ["/bin/b", "/bin/a"])
    #expect(record.programs.map(\.count) == [2, 1])
  }

  @Test("only files of interest are remembered, each once")
  func files() {
    for _ in 0..<3 {
      record.take([
        .opened(process: 1, program: "/bin/a", path: "/h/.ssh/id", forWriting: false, isThere: true),
        .opened(process: 1, program: "/bin/a", path: "/h/w/main.c", forWriting: true, isThere: true),
      ])
    }
    #expect(record.files.map(\.path) == ["/h/.ssh/id"])
  }

  @Test("files that were not there stand behind those that were")
  func missing() {
    record.take([
      .opened(process: 1, program: "/bin/a", path: "/h/.aws/credentials", forWriting: false, isThere: false),
      .opened(process: 1, program: "/bin/a", path: "/h/.ssh/id", forWriting: false, isThere: true),
    ])
    #expect(record.files.map(\.path) == ["/h/.ssh/id", "/h/.aws/credentials"])
    #expect(record.files.map(\.isThere) == [true, false])
  }

  @Test("an agent that starts ever new programs fills no memory, and that is said")
  func bounded() {
    for number in 0..<10_000 { record.take([.executed(process: 1, program: "/bin/\(number)")]) }
    #expect(!record.isIncomplete)
    record.take([.executed(process: 1, program: "/bin/one-more")])
    #expect(record.isIncomplete)
    #expect(record.programs.count == 10_000)
  }
}
