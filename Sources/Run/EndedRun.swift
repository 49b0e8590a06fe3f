internal import Evidence

/// What a run left behind for its user.
package struct EndedRun: Sendable {
  /// The agent's own exit code; 128 and the signal's number where a signal ended it.
  package let exitStatus: Int32
  /// For a terminal.
  package let summaryText: String
  /// What went wrong without being ours to answer for: the sandbox was ended from outside.
  package let notice: String?
  /// What could not be done although the agent ran: its end is not in the ledger, or the report not in its place.
  package let problem: RunError?
  /// What those who watch are told last.
  let farewell: JSONValue
  /// Of a run in which policy was only told of.
  package var proposal: Proposed?
}
