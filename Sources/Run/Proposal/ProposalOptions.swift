/// What is to become of the policy that an observed run proposes.
package struct ProposalOptions: Sendable {
  /// A file; `nil` for standard output.
  package var output: String?
  /// As a unified diff against the policy file in force.
  package var isDiff: Bool
  /// Whether a file that is there gives way.
  package var replaces: Bool

  package init(output: String? = nil, isDiff: Bool = false, replaces: Bool = false) {
    self.output = output
    self.isDiff = isDiff
    self.replaces = replaces
  }
}
