internal import Egress
internal import NIOCore
internal import Policy

extension DoorLimits {
  /// The door's own bounds, with those that the policy moves.
  init(_ settings: LimitSettings) {
    self.init()
    if let bytes = settings.bytes(.bodyMemory) { bodyMemoryBytes = bytes }
    if let bytes = settings.bytes(.bodyDisk) { bodyBytes = bytes }
    if let count = settings.count(.streams) { concurrentStreams = count }
    if let time = settings.duration(.idleTimeout) { idle = .init(time) }
  }
}
