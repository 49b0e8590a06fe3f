internal import Documents
internal import Policy

/// Reads whose the files of a workspace are, before an agent can change it.
enum WorkspaceOwners {
  /// The policy with the owners that its rules ask for; itself where none asks.
  ///
  /// - Throws: ``RunError`` with `.configuration`: every line of the CODEOWNERS file that cannot be used, or why it cannot
  ///   be read. A rule that names owners would otherwise stop nothing.
  static func applied(to policy: PolicyDocument, in workspace: String) throws(RunError) -> PolicyDocument {
    guard let rule = policy.rulesNamingOwners.first else { return policy }
    let need = "The rule '\(rule.name)' (\(rule.place)) names owners; mend the file, or take them out of the rule."
    for place in CodeOwners.places {
      let path = workspace == "/" ? "/\(place)" : "\(workspace)/\(place)"
      let text: String
      do throws(FileProblem) {
        text = try RegularFile.text(path, limit: PolicyLimits.ownerFileBytes)
      } catch {
        if error.code == .missing { continue }
        throw RunError(.configuration, at: path, "\(error.sentence).", remedy: need)
      }
      switch CodeOwners.parse(text, file: path) {
      case .success(let owners): return policy.applied(to: owners)
      case .failure(let errors): throw RunError(.configuration, at: "", "\(errors.description)\n\(need)")
      }
    }
    return policy.applied(to: .none)
  }
}
