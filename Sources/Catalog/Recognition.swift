package import Evidence

/// What a request is, as the catalogue says.
package struct Recognition: Sendable, Hashable {
  /// Such as `anthropic/messages`; `nil` where nothing describes the request.
  package let endpoint: String?
  /// Who runs the host; known for a known host even where the path is not.
  package let vendor: String?
  /// Whether the agent is made for that vendor's models.
  package let isOwnVendor: Bool
  package let purpose: Purpose
  package let dialect: Dialect?
  /// `vendors/anthropic.yaml:12`, the fact that this rests on; empty for what nothing describes.
  package let source: String
  /// What to answer where telemetry or flags are blocked.
  package let quiet: QuietAnswer?

  package static let unknown = Recognition(
    endpoint: nil, vendor: nil, isOwnVendor: false, purpose: .unknown, dialect: nil, source: "", quiet: nil)
}
