internal import Evidence
internal import Run

/// What the commands about changes print.
enum ChangesText {
  /// What was done with some, and what still waits.
  static func outcome(_ verb: String, _ done: [WorkspaceChange], left: [WorkspaceChange]) -> String {
    let done = done.isEmpty ? "nothing" : WaitingChanges.summary(done)
    let left = left.isEmpty ? "Nothing waits any more" : "Still waiting: \(WaitingChanges.summary(left))"
    return "\(verb): \(done). \(left).\n"
  }

  static func json(_ value: JSONValue) throws(RunError) -> String {
    do {
      return try JSONText.of(value)
    } catch {
      throw RunError(.ours, at: "--json", "the changes have no JSON form: \(error).")
    }
  }
}
