/// Who runs hosts: a vendor of models, a service, or a registry of packages.
package struct VendorProfile: Sendable, Hashable {
  package let id: String
  package let name: String
  package let kind: Kind
  package let endpoints: [Endpoint]
  package let secrets: [SecretBinding]
  package let claims: [Claim]
  /// `vendors/anthropic.yaml`.
  package let file: String

  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case vendor
    case service
    case registry
  }

  /// What a vendor, or somebody about it, says; a claim, not an observation of ours.
  package struct Claim: Sendable, Hashable {
    /// For which of its offers: `API`, `consumer plans`.
    package let product: String
    package let field: Field
    package let statement: String
    package let source: FactSource

    package enum Field: String, Sendable, Hashable, CaseIterable {
      case training
      case retention
      case zeroRetention = "zero-retention"
      case residency
      case deployment
      case certifications
    }
  }
}
