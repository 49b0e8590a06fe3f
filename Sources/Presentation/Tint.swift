/// What a piece of text means to the reader; colour follows from it, and nothing is told by colour alone.
package enum Tint: Sendable, Hashable, CaseIterable {
  /// A title.
  case strong
  /// Beside the point: labels, units, column heads.
  case muted
  /// As it should be.
  case good
  /// Worth a look.
  case notice
  /// Stopped, or broken.
  case bad
}
