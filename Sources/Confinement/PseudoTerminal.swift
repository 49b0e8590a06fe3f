internal import CLinux
internal import Glibc

/// A terminal of the calling mount namespace.
package enum PseudoTerminal {
  /// - Returns: the end for the host, and the end for the program; both the caller's to close.
  package static func open(size: TerminalSize) throws(ConfinementFailure) -> (host: CInt, inner: CInt) {
    var host: CInt = -1
    var inner: CInt = -1
    let result = cl_terminal_open(&host, &inner)
    guard result == 0 else { throw ConfinementFailure(.terminal, "open /dev/ptmx", errorNumber: -result) }
    resize(host, to: size)
    return (host, inner)
  }

  /// Makes the terminal the controlling one of the calling session's leader.
  package static func takeControl(_ inner: CInt) throws(ConfinementFailure) {
    let result = cl_terminal_take_control(inner)
    guard result == 0 else { throw ConfinementFailure(.terminal, "TIOCSCTTY", errorNumber: -result) }
  }

  /// The programs on the terminal get SIGWINCH.
  package static func resize(_ descriptor: CInt, to size: TerminalSize) {
    _ = cl_terminal_resize(descriptor, size.rows, size.columns)
  }

  /// `nil` where this is no terminal.
  package static func size(of descriptor: CInt) -> TerminalSize? {
    var rows: UInt16 = 0
    var columns: UInt16 = 0
    guard cl_terminal_size(descriptor, &rows, &columns) == 0 else { return nil }
    return TerminalSize(rows: rows, columns: columns)
  }
}
