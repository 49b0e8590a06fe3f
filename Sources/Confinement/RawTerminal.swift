internal import CLinux

/// The caller's own terminal while a program on another terminal is shown on it. There is one per process.
package enum RawTerminal {
  /// Turns line editing, echo and signal keys off. Whatever ends the process from now on restores the terminal first.
  ///
  /// - Parameter keepsOutput: whether others write to the terminal meanwhile.
  /// - Returns: whether the descriptor is a terminal and now raw.
  package static func begin(_ descriptor: CInt, keepsOutput: Bool = false) -> Bool {
    cl_terminal_make_raw(descriptor, keepsOutput ? 1 : 0) == 0
  }

  /// Gives the terminal back as it was.
  package static func end() { cl_terminal_restore() }

  /// Writes `w` to `descriptor` whenever the window changes its size; `nil` stops that.
  package static func reportSizeChanges(to descriptor: CInt?) { _ = cl_terminal_notify_size(descriptor ?? -1) }
}
