internal import Decoding
internal import Policy

extension DecodingLimits {
  /// Moves the bounds that the policy names.
  mutating func apply(_ settings: LimitSettings) {
    if let bytes = settings.bytes(.decodedBytes) { maximumExpandedBytes = bytes }
    if let count = settings.count(.decodingDepth) { maximumDepth = count }
  }
}
