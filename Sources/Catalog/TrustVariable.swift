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
