internal import ArgumentParser
internal import Glibc
internal import Presentation

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
  /// State cannot be written.
  case state = 73
  /// The ledger does not verify.
  case ledger = 74

  /// Says why on standard error, in one line that names the command, and ends.
  func end(_ sentence: String) -> ExitCode {
    Message.error(sentence)
    return ExitCode(rawValue)
  }
}

/// Lines for the person at the terminal; hostile text in them is made harmless.
enum Message {
  static func error(_ sentence: String) { write("sallyport: \(sentence)\n", to: stderr) }

  static func note(_ text: String) { write(text, to: stderr) }

  static func result(_ text: String) { write(text, to: stdout) }

  private static func write(_ text: String, to stream: UnsafeMutablePointer<FILE>) {
    fputs(text, stream)
    fflush(stream)
  }
}
