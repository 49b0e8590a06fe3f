/// The policy that an observed run proposes, and what became of it.
package struct Proposed: Sendable {
  /// For standard output; `nil` where it was written to a file.
  package let printed: String?
  /// One line for the person at the terminal.
  package let sentence: String
  /// Why it could not be written; then ``printed`` has it all the same.
  package let problem: RunError?
}
