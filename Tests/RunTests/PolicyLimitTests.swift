internal import Attribution
internal import Decoding
internal import Egress
internal import NIOCore
internal import Testing
internal import Wire

@testable internal import Policy
@testable internal import Run

/// Every limit that a policy may name reaches the room that it names.
@Suite("Limits of a policy") struct PolicyLimitTests {
  private struct Bounds: Equatable {
    var door = DoorLimits()
    var decoding = DecodingLimits()
    var connect = TimeAmount.zero
    var response: TimeAmount?
    var connections = 0
    var index = 0

    init(_ limits: LimitSettings) {
      door.apply(limits)
      decoding.apply(limits)
      var upstream = UpstreamConfiguration()
      upstream.apply(limits)
      connect = upstream.connectTimeout
      response = upstream.responseHeadTimeout
      connections = upstream.connectionsPerDestination
      index = AttributionLimits.memoryBytes(by: limits)
    }
  }

  private func limits(_ text: String) throws -> LimitSettings {
    try PolicyDocument.parse("version: 1\nposture: control\nlimits: {\(text)}\n", file: "p.yaml").get().limits
  }

  @Test("each key moves one bound, and no two the same", arguments: LimitSettings.Name.allCases)
  func reaches(name: LimitSettings.Name) throws {
    let value =
      switch name.unit {
      case .bytes: "7MiB"
      case .count: "7"
      case .duration: "7s"
      }
    let moved = Bounds(try limits("\(name.rawValue): \(value)"))
    #expect(moved != Bounds(LimitSettings()))
    for other in LimitSettings.Name.allCases where other != name && other.unit == name.unit {
      #expect(moved != Bounds(try limits("\(other.rawValue): \(value)")), "\(other.rawValue)")
    }
  }

  @Test("a message of a WebSocket may be one frame, even where it does not compress")
  func frame() throws {
    var door = DoorLimits()
    door.apply(try limits("websocket-message: 100MiB"))
    #expect(door.messages.webSocketMessageBytes == 100 << 20)
    #expect(door.messages.webSocketFrameBytes > 100 << 20)
  }

  @Test(
    "an amount that its room cannot work with is a mistake, not a crash",
    arguments: [
      "head-bytes: 8GiB", "head-fields: 100000", "decoding-depth: 1000000", "response-memory: 4TiB", "streams: 0",
      "websocket-message: 0", "index-memory: 1023KiB", "index-memory: 257MiB",
    ])
  func outOfRange(text: String) {
    #expect(throws: PolicyErrors.self) { try limits(text) }
  }

  @Test("the largest amounts are taken", arguments: LimitSettings.Name.allCases)
  func largest(name: LimitSettings.Name) throws {
    guard name.unit != .duration else { return }
    _ = Bounds(try limits("\(name.rawValue): \(name.range.upperBound)"))
  }
}
