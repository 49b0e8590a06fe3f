internal import NIOCore
internal import Policy
internal import Wire

extension UpstreamConfiguration {
  /// Moves the bounds that the policy names.
  mutating func apply(_ settings: LimitSettings) {
    if let time = settings.duration(.connectTimeout) { connectTimeout = .init(time) }
    if let time = settings.duration(.responseTimeout) { responseHeadTimeout = .init(time) }
    if let count = settings.count(.connections) { connectionsPerDestination = count }
  }
}
