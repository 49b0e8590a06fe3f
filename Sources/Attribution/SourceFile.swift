internal import Synchronization

/// A path whose content is or was in the index.
final class SourceFile: Sendable {
  let path: String
  private let opened = Atomic<Int>(0)

  init(_ path: String) { self.path = path }

  /// When the agent last opened it: counted up, 0 for never.
  var lastOpened: Int { opened.load(ordering: .relaxed) }
  func noteOpened(_ number: Int) { opened.store(number, ordering: .relaxed) }
}
