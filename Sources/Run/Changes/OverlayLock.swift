internal import Confinement
internal import Glibc

/// Held while changes of one run are applied or discarded, so that two commands do not do it at once.
final class OverlayLock: Sendable {
  private let descriptor: Descriptor

  /// - Throws: ``RunError`` with `.usage` where another process has it.
  init(_ place: OverlayPlace) throws(RunError) {
    descriptor = Descriptor(owning: open(place.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      throw RunError(.usage, at: place.path, "another command applies or discards these changes now.")
    }
  }
}
