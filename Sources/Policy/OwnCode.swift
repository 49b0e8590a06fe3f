/// `own-code`: which of the organisation's own code and documents a run looks for, where some was indexed.
package enum OwnCode: String, Sendable, Hashable, CaseIterable {
  /// All that does not belong to the workspace.
  case elsewhere
  /// The workspace's own, too.
  case everywhere
  /// None.
  case nowhere
}
