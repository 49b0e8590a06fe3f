internal import CLinux

/// The signals that are sent to this process, as bytes on a pipe; and how it stops itself. One user per process.
package enum SignalNotes {
  /// Writes the number of each signal that arrives to `descriptor`, one byte each; that of
  /// ``stopByProcess`` for a SIGTSTP that a process sent. Signals that this process was started
  /// with ignored stay ignored, SIGINT and SIGQUIT apart.
  package static func begin(_ signals: [Int32], to descriptor: CInt) {
    cl_signal_notes_to(descriptor)
    for number in signals { cl_signal_note(number) }
  }

  /// What is written for a SIGTSTP that no terminal sent.
  package static let stopByProcess: UInt8 = 64 + 20

  /// Gives the signals their default actions back.
  package static func end(_ signals: [Int32]) {
    for number in signals { cl_signal_forget(number) }
    cl_signal_notes_to(-1)
  }

  /// Stops this process, or all of its job, as Control-Z does. Returns when it is let go on; at once where no shell is
  /// there that could do so.
  ///
  /// - Parameter isAskedFor: whether somebody wants it who can let it go on, shell or none.
  package static func suspend(wholeJob: Bool, isAskedFor: Bool) { cl_suspend(wholeJob ? 1 : 0, isAskedFor ? 1 : 0) }
}
