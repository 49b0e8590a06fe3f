internal import Fingerprints
internal import Policy

extension CodeIndexPlace {
  /// What a run looks for, as its policy says.
  ///
  /// - Returns: `nil` where there is nothing to look for.
  /// - Throws: ``RunError`` where an index cannot be used: what it would have found could leave.
  func search(for settings: RunSettings) throws(RunError) -> FingerprintSet? {
    guard settings.policy.ownCode != .nowhere, !isEmpty else { return nil }
    let places = settings.policy.ownCode == .elsewhere ? [settings.workspace] : []
    let (set, problems) = try store().search(from: places)
    guard let error = problems.first?.error else { return set }
    throw RunError(
      .configuration, at: error.place, error.sentence,
      remedy: error.remedy + " A policy with own-code: nowhere runs without.")
  }
}
