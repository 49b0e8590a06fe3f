/// What a canary pretends to be.
package enum CanaryKind: String, Sendable, Hashable, CaseIterable {
  /// An access key of Amazon Web Services: identifier and secret.
  case aws
  /// A personal access token of GitHub, with its checksum.
  case github
  /// A token of npm, with its checksum.
  case npm
  /// The address of a database, with a password in it.
  case database
  /// An assignment of a key of no known service.
  case generic
  /// A made-up customer's record, at a domain that is nobody's (RFC 2606).
  case customer
  /// A sentence for a document, with a reference in it.
  case document

  /// The file that is made where only a directory is named: what somebody who looks for such things would open.
  var fileName: String {
    switch self {
    case .aws: "aws-credentials.bak"
    case .github: "github.env"
    case .npm: "npmrc.bak"
    case .database: "database.env"
    case .generic: "secrets.env"
    case .customer: "customers.csv"
    case .document: "board-notes.md"
    }
  }
}
