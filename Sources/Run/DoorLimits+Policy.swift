internal import Egress
internal import NIOCore
internal import Policy
internal import Wire

extension DoorLimits {
  /// Moves the bounds that the policy names.
  mutating func apply(_ settings: LimitSettings) {
    if let bytes = settings.bytes(.bodyMemory) { bodyMemoryBytes = bytes }
    if let bytes = settings.bytes(.bodyDisk) { bodyBytes = bytes }
    if let bytes = settings.bytes(.responseMemory) { responseMemoryBytes = bytes }
    if let count = settings.count(.streams) { concurrentStreams = count }
    if let time = settings.duration(.idleTimeout) { idle = .init(time) }
    messages.apply(settings)
  }
}

extension WireLimits {
  fileprivate mutating func apply(_ settings: LimitSettings) {
    if let bytes = settings.bytes(.headBytes) { headBytes = bytes }
    if let count = settings.count(.headFields) { headFields = count }
    if let bytes = settings.bytes(.webSocketMessage) {
      webSocketMessageBytes = bytes
      // A message may be one frame; what does not compress is a little longer for it (RFC 1951 §3.2.4).
      webSocketFrameBytes = bytes + bytes >> 10 + 64
    }
  }
}
