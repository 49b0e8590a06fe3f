/// What every program in the sandbox gets from outside, whoever it is.
package struct SharedEnvironment: Sendable, Hashable {
  /// Names, or prefixes with a final `*`.
  package let variables: [String]
  package let files: [FileGrant]

  package func passes(variable: String) -> Bool { VariablePatterns.match(variables, variable) }
}

/// A variable that tells a client which certificate authorities to trust.
package struct TrustVariable: Sendable, Hashable {
  package let name: String
  package let value: Value
  package let source: FactSource

  package enum Value: String, Sendable, Hashable, CaseIterable {
    /// It replaces the system's authorities: the merged bundle.
    case bundle
    /// It adds to them: our authority alone.
    case authority
    /// A word that turns the system's store on, in ``TrustVariable/word``.
    case word
  }

  /// For ``Value/word``.
  package let word: String?
}

/// A place that programs read certificate authorities from, over which the merged bundle is put.
package struct TrustFile: Sendable, Hashable {
  package let path: String
  package let source: FactSource
}
