internal import Confinement
internal import Glibc

/// Keeps signals from ending this process while a run's changes are settled: whoever sends one has nothing more to say,
/// and what nobody keeps is still put back. One user per process, as ``SignalNotes``.
final class ReviewSignals: Sendable {
  /// Can be read when one has arrived.
  let descriptor: CInt
  private let writing: CInt

  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// - Returns: `nil` where there is no descriptor left for it.
  init?() {
    guard let pipe = try? Descriptor.pipe() else { return nil }
    descriptor = pipe.reading
    writing = pipe.writing
    SignalNotes.begin(Self.signals, to: writing)
  }

  deinit {
    // A terminal that goes away wakes whoever reads from it before it tells; the report is still to be written.
    signal(SIGHUP, SIG_IGN)
    SignalNotes.end(Self.signals)
    close(descriptor)
    close(writing)
  }
}
