internal import Glibc
internal import Testing

@testable internal import Confinement

@Suite("The book of programs that connect")
struct ProgramBookTests {
  private let book: ProgramBook

  init() throws { book = try ProgramBook() }

  private func writer() -> ProgramBookWriter { ProgramBookWriter(owning: Descriptor(owning: dup(book.descriptor))) }

  @Test("a program has one number, and is found by it")
  func found() {
    var writer = writer()
    let programs = ["/usr/bin/curl", "/usr/bin/python3.11", "/tmp/line\nend (deleted)", "/ä€𝄞"]
    let numbers = programs.map { writer.number(of: $0) }
    #expect(programs.map { writer.number(of: $0) } == numbers)
    #expect(Set(numbers).count == programs.count)
    #expect(numbers.map { book.program(numbered: $0) } == programs)
  }

  @Test("no number that was not given out stands for a program", arguments: [0, 2, 4_096, 4_097, .max] as [UInt32])
  func unknown(number: UInt32) {
    var writer = writer()
    #expect(writer.number(of: "/usr/bin/curl") == 1)
    #expect(book.program(numbered: number) == nil)
  }

  @Test("the longest path leaves its neighbours alone; a longer one and none at all have no number")
  func lengths() {
    var writer = writer()
    let longest = "/" + String(repeating: "a", count: ConfinementLimits.pathBytes - 2)
    let programs = ["/first", longest, "/last"]
    let numbers = programs.map { writer.number(of: $0) }
    #expect(numbers.map { book.program(numbered: $0) } == programs)
    #expect(writer.number(of: longest + "a") == 0)
    #expect(writer.number(of: "") == 0)
    #expect(writer.number(of: "/another") == 4)
  }

  @Test("programs beyond the limit have no number, and those before them keep theirs")
  func many() {
    var writer = writer()
    let limit = ConfinementLimits.connectingPrograms
    let numbers = (0..<limit + 1_000).map { writer.number(of: "/p\($0)") }
    #expect(Set(numbers.prefix(limit)).count == limit)
    #expect(numbers.dropFirst(limit).allSatisfy { $0 == 0 })
    #expect(numbers.prefix(limit).enumerated().allSatisfy { book.program(numbered: $1) == "/p\($0)" })
    #expect(writer.number(of: "/p0") == numbers[0])
  }

  @Test("where nothing can be written no number is given out")
  func unwritable() {
    var writer = ProgramBookWriter(owning: Descriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC)))
    #expect(writer.number(of: "/usr/bin/curl") == 0)
  }
}
