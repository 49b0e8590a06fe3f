internal import Synchronization

/// A path whose content is or was in the index.
final class SourceFile: Sendable {
  let path: String
  /// Whether somebody cares whether its text leaves, so that a copy of it is not told of instead.
  let isGuarded: Bool
  private let opened = Atomic<Int>(0)
  private let current = Atomic<Int>(0)

  init(_ path: String, isGuarded: Bool = false) {
    self.path = path
    self.isGuarded = isGuarded
  }

  /// The version that is there now; 0 where the file is gone.
  var currentVersion: Int { current.load(ordering: .relaxed) }
  func note(version: Int) { current.store(version, ordering: .relaxed) }

  /// When the agent last opened it: counted up, 0 for never.
  var lastOpened: Int { opened.load(ordering: .relaxed) }
  func noteOpened(_ number: Int) { opened.store(number, ordering: .relaxed) }
}
