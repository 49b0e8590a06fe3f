internal import Policy

/// What the policy says of protected places now, for changes that wait since a run: it may have become stricter.
struct PresentProtection: Sendable {
  let protection: Protection
  /// The policy's file.
  private let file: String

  /// Of the file that the run was given, or else of the one in force in the workspace.
  ///
  /// - Throws: ``RunError`` with `.configuration` for a file that is no policy any more.
  init(_ beginning: OverlayPlace.Beginning) throws(RunError) {
    // What was named and is gone says nothing any more.
    let named = beginning.policyFile.flatMap { FilePaths.exists($0) ? $0 : nil }
    let policy = try PolicySource.load(named, workingDirectory: beginning.workspace)
    var protection = policy.protection
    // As they were found when the run began: neither depends on the policy.
    protection.hookPlaces = beginning.protection.hookPlaces
    protection.linked = beginning.protection.linked
    self.protection = protection
    file = policy.file
  }

  /// "protect: {editors: deny} in /home/ada/src/lexer/sallyport.yaml"
  func text(_ path: TreePath, _ group: String, _ action: ProtectionAction, isLink: Bool) -> String {
    guard group == "policy", let pattern = protection.ownPattern(for: path.text, isLink: isLink) else {
      return "protect: {\(group): \(action.rawValue)} in \(file)"
    }
    return "protect: {\(action.rawValue): [\"\(pattern)\"]} in \(file)"
  }
}
