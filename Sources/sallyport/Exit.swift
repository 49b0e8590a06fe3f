internal import ArgumentParser
internal import Confinement
internal import Glibc
internal import Presentation
internal import Synchronization

/// How the command ends when it is not the agent's own exit code that it passes on; the numbers are those of
/// sysexits(3), and `docs/exit-codes.md` lists them.
enum Exit: Int32 {
  /// An option or argument is wrong.
  case usage = 64
  /// A policy or catalogue file is wrong.
  case configuration = 65
  /// A file or program that was named is not there.
  case missingInput = 66
  /// A layer of the sandbox cannot be engaged on this host.
  case unavailable = 69
  /// A defect of ours.
  case ours = 70
  /// Protected files stayed changed against the policy.
  case protectedChanged = 72
  /// State cannot be written.
  case state = 73
  /// The ledger does not verify.
  case ledger = 74
  /// No run is under way that could be watched; it may be so later.
  case nothingUnderWay = 75
  /// A report that was kept, or what a run said, cannot be understood, or a run was gone without its word.
  case broken = 76
  /// A signal came before there was anything to be told; as shells say SIGINT.
  case interrupted = 130

  /// Says why on standard error, in one line that names the command, and ends.
  func end(_ sentence: String) -> ExitCode {
    Message.error(sentence)
    return ExitCode(rawValue)
  }
}

/// Lines for the person at the terminal.
enum Message {
  /// For standard error, after the command's name.
  static func error(_ sentence: String) { errorText("sallyport: \(sentence)") }

  /// For standard error, made safe to show: names of files, and what was typed, may speak to terminals.
  static func errorText(_ text: String) { put(safe(text), on: 2) }

  static func note(_ text: String) { put(text, on: 2) }

  /// For standard output as it is: JSON, or what was rendered.
  static func result(_ text: String) { put(text, on: 1) }

  /// The same of a file's content.
  static func result(bytes: [UInt8]) { put(bytes, on: 1) }

  private static let hasLostOutput = Atomic(false)

  /// Ends with another code where not all of standard output could be written: what is there would pass as whole.
  ///
  /// - Parameter code: what the command ended with.
  static func end(_ code: Int32) -> Never {
    Glibc.exit(hasLostOutput.load(ordering: .relaxed) ? Exit.state.rawValue : code)
  }

  private static func safe(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Sanitised(String($0)).text }
    return lines.joined(separator: "\n") + (text.hasSuffix("\n") ? "" : "\n")
  }

  private static func put(_ text: String, on descriptor: CInt) { put(Array(text.utf8), on: descriptor) }

  private static func put(_ bytes: [UInt8], on descriptor: CInt) {
    if StandardStream.wasClosed(descriptor) { return lose(descriptor, EBADF) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return lose(descriptor, errno) }
      done += max(count, 0)
    }
  }

  private static func lose(_ descriptor: CInt, _ cause: CInt) {
    // Where nobody reads any more there is nobody to tell.
    guard descriptor == 1, cause != EPIPE, !hasLostOutput.exchange(true, ordering: .relaxed) else { return }
    error(
      "standard output cannot be written: \(String(cString: strerror(cause))). What is there is not whole; make room, and try again."
    )
  }
}
