internal import Confinement
internal import Enforcement
internal import Glibc
internal import Synchronization

/// An answer that was given elsewhere, as something that a poll can wait for.
final class SettledNote: Sendable {
  let reading: CInt
  private let writing: CInt
  private let given = Mutex<Answer?>(nil)

  init() throws { (reading, writing) = try Descriptor.pipe() }

  deinit { for number in [reading, writing] { close(number) } }

  var answer: Answer? { given.withLock { $0 } }

  func put(_ answer: Answer) {
    given.withLock { $0 = answer }
    _ = write(writing, [1], 1)
  }
}
