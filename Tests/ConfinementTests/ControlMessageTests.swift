internal import Confinement
internal import Glibc
internal import Testing

@Suite struct ControlMessageTests {
  static let messages: [ControlMessage] = [
    .launch(
      LaunchOrder(
        bubblewrap: "/usr/bin/bwrap", inner: Identity(user: 1000, group: 100), capturePorts: [80, 443],
        observation: .files)),
    .signal(15), .network, .captured(port: 65_535), .portsExhausted, .terminal, .started, .listener,
    .observed(
      [
        .executed(process: 7, program: "/bin/sh"),
        .opened(process: 8, program: "", path: "/home/ü/.ssh", forWriting: true, isThere: false),
        .connectedLocally(process: 10, program: "/x", path: "@bus"),
      ]
        + [InternetAddress(bytes: [192, 0, 2, 1], port: 443), InternetAddress(bytes: Array(1...16), port: 53)]
        .compactMap {
          $0.map { .connected(process: 9, program: "/usr/bin/curl", to: $0) }
        }),
    .engaged(EngagedLayer(.landlock, "ABI 7")),
    .failed(ConfinementFailure(.userNamespace, "unshare", errorNumber: EPERM, detail: "why")),
    .ended(AgentEnd(code: 3, signal: nil, survivors: 2)), .ended(AgentEnd(code: nil, signal: 9, survivors: 0)),
  ]

  @Test("what was sent is what arrives", arguments: messages)
  func roundTrip(_ message: ControlMessage) throws {
    #expect(try ControlMessage(message.bytes) == message)
  }

  @Test("a message that is cut short or has something behind it is none", arguments: messages)
  func truncation(_ message: ControlMessage) {
    let bytes = message.bytes
    for count in 0..<bytes.count {
      #expect(throws: MalformedMessage.self) { try ControlMessage(Array(bytes[..<count])) }
    }
    #expect(throws: MalformedMessage.self) { try ControlMessage(bytes + [0]) }
  }

  @Test("no bytes crash the reader")
  func hostileBytes() {
    var random = SplitMix(seed: 11)
    for message in Self.messages {
      for _ in 0..<300 {
        var bytes = message.bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        _ = try? ControlMessage(bytes)
        _ = try? InitOrder(bytes)
      }
    }
  }

  @Test("an init order survives its journey")
  func initOrder() throws {
    let order = InitOrder(
      program: "claude", arguments: ["-p", ""], environment: ["A=b"], workingDirectory: "/w",
      terminal: TerminalSize(rows: 24, columns: 80),
      systemCalls: SystemCallPolicy(allowsNestedSandboxes: true, allowsDebugging: false, observation: .programs),
      grants: [LandlockGrant(path: "/usr", rights: .read)], limits: ResourceLimits(processes: 4_096))
    #expect(try InitOrder(order.bytes) == order)
  }

  @Test("descriptors arrive with their packet and are close-on-exec")
  func descriptors() throws {
    let ends = try ControlChannel.pair()
    let sender = ControlChannel(owning: Descriptor(owning: ends.0))
    let receiver = ControlChannel(owning: Descriptor(owning: ends.1))
    let file = try Descriptor.memoryFile(named: "test", holding: [1, 2, 3])
    let isSent = sender.send(.terminal, with: [file.number])
    #expect(isSent)
    let arrived = receiver.receive()
    let received = try #require(arrived)
    #expect(received.message == .terminal)
    let copy = try #require(received.descriptors.first)
    #expect(fcntl(copy, F_GETFD) == FD_CLOEXEC)
    #expect(Descriptor.readAll(copy, limit: 10) == [1, 2, 3])
    close(copy)
  }

  @Test("more than may be read is not read")
  func readingLimit() throws {
    let file = try Descriptor.memoryFile(named: "test", holding: [UInt8](repeating: 1, count: 100))
    #expect(Descriptor.readAll(file.number, limit: 99) == nil)
  }
}
