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
    case connections
    case streams
    case connectTimeout = "connect-timeout"
    case idleTimeout = "idle-timeout"
    case responseTimeout = "response-timeout"

    package var unit: Unit {
      switch self {
      case .headBytes, .bodyMemory, .bodyDisk, .responseMemory, .webSocketMessage, .decodedBytes: .bytes
      case .headFields, .decodingDepth, .connections, .streams: .count
      case .connectTimeout, .idleTimeout, .responseTimeout: .duration
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
