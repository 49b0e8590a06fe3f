extension User {
  /// Runs a script for `sh` on a terminal, and answers each question when it is asked.
  ///
  /// - Parameters:
  ///   - options: of the run, each with its comma, as Python writes them.
  ///   - question: words that every question has once.
  func runOnTerminal(
    _ script: String, options: String = "", answering question: String = "Keep it?", with answers: [String]
  ) throws -> Outcome {
    try python(
      """
      import os, pty
      pid, fd = pty.fork()
      if pid == 0:
          os.execv(os.environ["SALLYPORT"], ["sallyport", "run", "-q", \(options) "--", "/bin/sh", "-c",
              "\(script)"])
      seen, asked, answers = b"", 0, [\(answers.map { "b\"\($0)\\n\"" }.joined(separator: ", "))]
      while True:
          try: piece = os.read(fd, 4096)
          except OSError: break
          if not piece: break
          seen += piece
          if seen.count(b"\(question)") > asked and answers:
              asked += 1
              os.write(fd, answers.pop(0))
      os.waitpid(pid, 0)
      print(seen.decode(errors="replace"))
      """)
  }
}
