/// What every program in the sandbox gets from outside, whoever it is.
package struct SharedEnvironment: Sendable, Hashable {
  /// Names, or prefixes with a final `*`.
  package let variables: [String]
  package let files: [FileGrant]

  package func passes(variable: String) -> Bool { VariablePatterns.match(variables, variable) }
}
