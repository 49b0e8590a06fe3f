internal import Confinement
internal import Glibc
internal import Sandbox
internal import Testing

@Suite struct TerminalTests {
  /// Runs a script on a terminal of its own, shown on a terminal that stands for the user's.
  private func show(
    _ script: String, typing text: String = "",
    whileItRuns body: (TerminalRelay, (host: CInt, inner: CInt)) -> Void = { _, _ in }
  ) async throws -> (output: String, end: AgentEnd) {
    let inmate = try Inmate()
    var plan = inmate.plan(script)
    plan.environment["TERM"] = "xterm"
    plan.streams = .pseudoTerminal(TerminalSize(rows: 31, columns: 77))
    let user = try PseudoTerminal.open(size: TerminalSize(rows: 33, columns: 99))
    let run = try await ConfinedRun.launch(plan) { _ in }
    let relay = try TerminalRelay(input: user.inner, output: user.inner, agent: try #require(run.terminal))
    relay.start()
    _ = write(user.host, text, text.utf8.count)
    body(relay, user)
    let end = try await run.wait()
    relay.waitUntilClosed()
    Inmate.closeAll(of: run)
    // Restored: what was typed is echoed and edited again.
    var state = termios()
    #expect(tcgetattr(user.inner, &state) == 0)
    #expect(state.c_lflag & tcflag_t(ECHO | ICANON | ISIG) == tcflag_t(ECHO | ICANON | ISIG))
    // Reading ends with EIO when all is read and the other end closed, not before.
    close(user.inner)
    let output = Descriptor.readUntilFailure(user.host)
    close(user.host)
    return (String(decoding: output, as: UTF8.self), end)
  }

  // One terminal per process: the tests share it in turn.
  @Test("the agent has a terminal of its own, which is its controlling one, as large as the user's")
  func terminal() async throws {
    var (output, end) = try await show(
      "tty; echo controlling > /dev/tty; while stty size | grep -q 31; do sleep 0.01; done; stty size; exit 3")
    #expect(output == "/dev/pts/0\r\ncontrolling\r\n33 99\r\n")
    #expect(end.code == 3)

    (output, end) = try await show("read line; echo got $line", typing: "hello\r")
    #expect(output.hasSuffix("got hello\r\n"))

    // Control-C is the agent's to answer.
    (output, end) = try await show("trap 'echo interrupted; exit 4' INT; echo up; while :; do sleep 0.01; done") {
      _, user in
      var seen = [UInt8](repeating: 0, count: 64)
      _ = read(user.host, &seen, seen.count)
      _ = write(user.host, [3], 1)
    }
    #expect(output.contains("interrupted"))
    #expect(end.code == 4)

    (output, end) = try await show("echo up; read line; echo got $line") { relay, user in
      var seen = [UInt8](repeating: 0, count: 64)
      _ = read(user.host, &seen, seen.count)
      relay.whilePaused {
        // Ours for a question, and so as its user knows it.
        var state = termios()
        #expect(tcgetattr(user.inner, &state) == 0)
        #expect(state.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON))
      }
      _ = write(user.host, "answer\r", 7)
    }
    #expect(output.hasSuffix("got answer\r\n"))
  }
}

extension Descriptor {
  fileprivate static func readUntilFailure(_ number: CInt) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(number, &chunk, chunk.count)
      if count <= 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
