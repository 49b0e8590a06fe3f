/// What applies where no rule of the file matches: an organisation's stance towards AI tools.
package enum Posture: String, Sendable, Hashable, CaseIterable {
  /// No AI tool may send anything; each refusal says so.
  case ban
  /// Tools may reach their own vendor's model; what they send besides is stopped or shown. In force without a file.
  case control
  /// Only the models that the file lists; a person is asked about the rest.
  case partner
  /// Only models on private addresses that the file grants.
  case `internal`
}
