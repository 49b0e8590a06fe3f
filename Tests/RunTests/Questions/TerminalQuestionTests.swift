internal import Confinement
internal import Enforcement
internal import Glibc
internal import Testing

@testable internal import Run

@Suite("A question at the terminal while the agent waits")
struct TerminalQuestionTests {
  /// Both ends of what stands for a terminal, with each line a record of its own as a terminal gives it.
  private final class Wire {
    let near: CInt
    let far: CInt

    init() throws {
      var ends: [CInt] = [-1, -1]
      try #require(socketpair(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
      (near, far) = (ends[0], ends[1])
    }

    deinit { for end in [near, far] { close(end) } }

    func type(_ line: String) { _ = write(far, line, line.utf8.count) }

    /// What was shown up to now, a record each.
    var shown: [String] {
      var records: [String] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = recv(far, &buffer, buffer.count, CInt(MSG_DONTWAIT)), count > 0 {
        records.append(String(decoding: buffer[..<count], as: UTF8.self))
      }
      return records
    }
  }

  private func outcome(_ wire: Wire, _ note: SettledNote) -> TerminalQuestion.Outcome {
    TerminalQuestion(terminal: wire.near, elsewhere: note).outcome(of: "Allow it? ")
  }

  @Test(
    "yes, no or nothing at all is an answer",
    arguments: [
      ("y\n", Answer.Word.yes), ("YES\n", .yes), ("  y \n", .yes), ("n\n", .no), ("No\n", .no), ("\n", .no),
    ])
  func answers(line: String, word: Answer.Word) throws {
    let wire = try Wire()
    wire.type(line)
    #expect(outcome(wire, try SettledNote()) == .here(word))
    #expect(wire.shown == ["Allow it? "])
  }

  @Test("what is neither is asked again", arguments: ["u\n", "yy\n", "yes please\n", "?\n", "\u{1b}[A\n"])
  func again(line: String) throws {
    let wire = try Wire()
    wire.type(line)
    wire.type("y\n")
    #expect(outcome(wire, try SettledNote()) == .here(.yes))
    #expect(wire.shown == ["Allow it? ", "Please answer y or n: "])
  }

  @Test("three times and no more: then it is no")
  func enough() throws {
    let wire = try Wire()
    for _ in 0..<4 { wire.type("u\n") }
    wire.type("y\n")
    #expect(outcome(wire, try SettledNote()) == .here(.no))
    #expect(wire.shown.dropFirst(4) == ["That is neither, which counts as no.\r\n"])
  }

  @Test("the end of input is no, and a terminal that is gone leaves the question to others")
  func ended() throws {
    let wire = try Wire()
    shutdown(wire.far, CInt(SHUT_WR))
    #expect(outcome(wire, try SettledNote()) == .here(.no))
    let (host, terminal) = try PseudoTerminal.open(size: TerminalSize(rows: 24, columns: 80))
    close(host)
    #expect(TerminalQuestion(terminal: terminal, elsewhere: try SettledNote()).outcome(of: "Allow it? ") == .nowhere)
    close(terminal)
  }

  @Test("an answer from elsewhere ends it, however often it was asked here")
  func elsewhere() throws {
    let (wire, note) = (try Wire(), try SettledNote())
    note.put(Answer(.yes, at: .watch))
    #expect(outcome(wire, note) == .elsewhere(Answer(.yes, at: .watch)))
    #expect(wire.shown.last == "\r\nAnswered in sallyport watch: yes.\r\n")
  }
}
