internal import Confinement
internal import Glibc

/// Somebody who does not want to wait: what was made is deleted all the same.
struct Interruption: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Can be read from once a signal has come.
  let descriptor: CInt
  private let writing: CInt

  /// - Throws: ``VerificationError`` with `.place`.
  init() throws(VerificationError) {
    do throws(ConfinementFailure) {
      (descriptor, writing) = try Descriptor.pipe()
    } catch {
      throw VerificationError(.place, "\(error)")
    }
    SignalNotes.begin(Self.signals, to: writing)
  }

  var hasCome: Bool { !Readiness.wait(for: [descriptor], milliseconds: 0).isEmpty }

  func stop() {
    SignalNotes.end(Self.signals)
    close(descriptor)
    close(writing)
  }
}
