internal import Evidence
internal import Glibc

/// The watcher's end of a run's socket: whole lines in, answers out, and nothing waited for.
final class WatchConnection {
  let socket: CInt
  private var input: [UInt8] = []
  private var searched = 0
  private var output: [UInt8] = []

  /// - Throws: ``RunError`` with `.nothingUnderWay` where the run is gone, or never listened.
  init(_ run: LiveRun) throws(RunError) {
    guard let socket = LiveSocket.connected(to: run.directory) else {
      let cause = String(cString: strerror(errno))
      throw RunError(.nothingUnderWay, at: run.id.text, "cannot be watched: \(cause).", remedy: "See: sallyport runs")
    }
    self.socket = socket
  }

  deinit { close(socket) }

  var hasOutput: Bool { !output.isEmpty }

  /// What came: whole lines, without their ends.
  struct Received {
    var lines: [[UInt8]] = []
    var isOver = false
  }

  /// Reads once.
  ///
  /// - Throws: ``RunError`` with `.broken` for a line that no run says.
  func receive() throws(RunError) -> Received {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &chunk, chunk.count, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return Received() }
    guard count > 0 else { return Received(isOver: true) }
    input += chunk[..<count]
    var received = Received()
    var start = 0
    while let end = input[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
      received.lines.append(Array(input[start..<end]))
      start = end + 1
    }
    input.removeFirst(start)
    searched = input.count
    guard input.count <= RunLimits.watchedLineBytes else {
      throw RunError(.broken, at: "watch", "the run said a line of more than \(RunLimits.watchedLineBytes >> 20) MiB.")
    }
    return received
  }

  func answer(_ question: Int, isYes: Bool) {
    say(
      FeedMessage.line(
        ["v": 1, "type": "answer", "question": .integer(question), "answer": isYes ? "yes" : "no"]))
  }

  /// Sends bytes as they are; those that find no room now go with ``flush()``.
  func say(_ bytes: [UInt8]) {
    output += bytes
    flush()
  }

  func flush() {
    while !output.isEmpty {
      let count = send(socket, output, output.count, Int32(MSG_NOSIGNAL))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        // Gone: what it was to hear is of no use any more, and reading says so.
        if errno != EAGAIN { output = [] }
        return
      }
      output.removeFirst(count)
    }
  }
}
