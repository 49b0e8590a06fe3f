/// What a run left behind for its user.
package struct EndedRun: Sendable {
  /// The agent's own exit code; 128 and the signal's number where a signal ended it.
  package let exitStatus: Int32
  /// For a terminal.
  package let summaryText: String
  /// One line.
  package let summaryJSON: String
}
