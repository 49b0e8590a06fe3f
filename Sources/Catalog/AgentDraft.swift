internal import Documents

/// An agent's file, before the secrets that it names are looked up.
struct AgentDraft {
  let profile: AgentProfile
  /// `*` stands for every secret of a model's vendor.
  let secretNames: [DocumentNode]
  let vendorPlace: DocumentPlace
}
