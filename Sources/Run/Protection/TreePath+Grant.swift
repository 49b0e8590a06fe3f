extension TreePath {
  /// - Parameter grant: the directory that it is below, absolute; `nil` for the workspace, whose paths need no more.
  func named(in grant: String?) -> String {
    guard let grant else { return self == .top ? "." : shown }
    return self == .top ? grant : TreePath(bytes: Array(grant.utf8)).appending(bytes).shown
  }
}
