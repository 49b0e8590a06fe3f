internal import CLinux

/// The signals that are sent to this process, as bytes on a pipe; and how it stops itself. One user per process.
package enum SignalNotes {
  /// Writes the number of each signal that arrives to `descriptor`, one byte each. Signals that this process was started
  /// with ignored stay ignored, SIGINT and SIGQUIT apart.
  package static func begin(_ signals: [Int32], to descriptor: CInt) {
    cl_signal_notes_to(descriptor)
    for number in signals { cl_signal_note(number) }
  }

  /// Gives the signals their default actions back.
  package static func end(_ signals: [Int32]) {
    for number in signals { cl_signal_forget(number) }
    cl_signal_notes_to(-1)
  }

  /// Stops this process, or all of its job, as Control-Z does. Returns when it is let go on; at once where no shell is
  /// there that could do so.
  package static func suspend(wholeJob: Bool) { cl_suspend(wholeJob ? 1 : 0) }
}
