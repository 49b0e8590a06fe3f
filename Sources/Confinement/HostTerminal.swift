internal import CLinux
internal import Glibc

/// The user's terminal as it was before the host made it raw: a host that is killed cannot give it back itself.
package struct HostTerminal: Sendable {
  /// Where the host puts it, beside the control channel.
  package static let descriptor: CInt = 4
  private let before: termios

  /// - Returns: `nil` where there is no terminal at its number.
  package init?() {
    var settings = termios()
    guard tcgetattr(Self.descriptor, &settings) == 0 else { return nil }
    _ = fcntl(Self.descriptor, F_SETFD, FD_CLOEXEC)
    before = settings
  }

  /// Gives it back where it is still raw: a shell that has it already has made its own settings, in which signal keys
  /// work.
  package func giveBack() {
    var now = termios()
    let raw = tcflag_t(ISIG | ICANON)
    guard tcgetattr(Self.descriptor, &now) == 0, now.c_lflag & raw == 0, before.c_lflag & raw != 0 else { return }
    var settings = before
    tcsetattr(Self.descriptor, TCSANOW, &settings)
  }
}
