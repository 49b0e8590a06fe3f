internal import Attribution
internal import Policy

extension AttributionLimits {
  /// Memory of the index of files, as the policy bounds it.
  static func memoryBytes(by settings: LimitSettings) -> Int { settings.bytes(.indexMemory) ?? memoryBytes }
}
