package import Evidence
internal import Patterns

/// One way into a vendor's or service's hosts, and what it is for.
package struct Endpoint: Sendable, Hashable {
  /// `anthropic/messages`.
  package let id: String
  package let vendor: String
  package let purpose: Purpose
  package let dialect: Dialect?
  package let quiet: QuietAnswer?
  /// `vendors/anthropic.yaml:12`.
  package let place: String
  package let source: FactSource
  let hosts: [DestinationPattern]
  /// Empty means any.
  let methods: Set<String>
  /// Empty means any.
  let paths: [PathPattern]
  /// Lower case; `nil` means with or without.
  let upgrade: String?
  /// The media type begins with this; `nil` means any.
  let contentType: String?
  /// Members that the body's JSON object must have at its top; empty means any body.
  let bodyKeys: [String]

  /// The patterns as they were written: `api.anthropic.com`, `*.cursor.sh`.
  package var hostNames: [String] { hosts.map(\.text) }
  package var pathNames: [String] { paths.map(\.text) }
}
