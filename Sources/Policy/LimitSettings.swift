/// The bounds that a file may move; one that is not named keeps its room's own.
package struct LimitSettings: Sendable, Hashable {
  private var amounts: [Name: Amount] = [:]

  package init() {}

  package enum Name: String, Sendable, Hashable, CaseIterable {
    case headBytes = "head-bytes"
    case headFields = "head-fields"
    case bodyMemory = "body-memory"
    case bodyDisk = "body-disk"
    case responseMemory = "response-memory"
    case webSocketMessage = "websocket-message"
    case decodedBytes = "decoded-bytes"
    case decodingDepth = "decoding-depth"
    case indexMemory = "index-memory"
    case connections
    case streams
    case connectTimeout = "connect-timeout"
    case idleTimeout = "idle-timeout"
    case responseTimeout = "response-timeout"

    package var unit: Unit {
      switch self {
      case .headBytes, .bodyMemory, .bodyDisk, .responseMemory, .webSocketMessage, .decodedBytes, .indexMemory:
        .bytes
      case .headFields, .decodingDepth, .connections, .streams: .count
      case .connectTimeout, .idleTimeout, .responseTimeout: .duration
      }
    }

    /// The amounts that its room can work with.
    var range: ClosedRange<Int> {
      switch self {
      // A head is held and parsed as one; HTTP/2 tells its limit to the peer in 32 bits (RFC 9113 §6.5.1).
      case .headBytes: 1...PolicyLimits.headBytes
      case .headFields: 1...PolicyLimits.headFields
      // Every level costs stack, which a limit must not give away.
      case .decodingDepth: 1...PolicyLimits.decodingDepth
      case .indexMemory: PolicyLimits.indexMemoryBytes
      case .responseMemory: 1...PolicyLimits.responseMemoryBytes
      default: unit == .count ? 1...1_000_000 : 1...(1 << 62)
      }
    }
  }

  package enum Unit: Sendable { case bytes, count, duration }

  enum Amount: Sendable, Hashable {
    case number(Int)
    case duration(Duration)
  }

  package func bytes(_ name: Name) -> Int? { number(name, .bytes) }

  package func count(_ name: Name) -> Int? { number(name, .count) }

  package func duration(_ name: Name) -> Duration? {
    guard case .duration(let duration)? = amounts[name] else { return nil }
    return duration
  }

  private func number(_ name: Name, _ unit: Unit) -> Int? {
    guard name.unit == unit, case .number(let number)? = amounts[name] else { return nil }
    return number
  }

  mutating func set(_ name: Name, to amount: Amount) { amounts[name] = amount }
}
