internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Testing

@testable internal import Wire

@Suite("The system's resolver", .timeLimit(.minutes(1)))
struct SystemResolverTests {
  /// A name server that answers when the test says so.
  private final class Silence: Sendable {
    private let ends: (reading: CInt, writing: CInt)

    init() throws {
      var ends: [CInt] = [-1, -1]
      try #require(pipe(&ends) == 0)
      self.ends = (ends[0], ends[1])
    }

    func answer() { _ = write(ends.writing, [1], 1) }

    func wait() {
      var byte: UInt8 = 0
      _ = read(ends.reading, &byte, 1)
    }
  }

  @Test("whoever waits for a name when it ends is told at once, and what comes later is nobody's")
  func ended() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let silence = try Silence()
    let (began, begin) = AsyncStream.makeStream(of: Void.self)
    let (ended, end) = AsyncStream.makeStream(of: Void.self)
    let resolver = SystemResolver { _, _ in
      begin.finish()
      silence.wait()
      defer { end.finish() }
      return [try SocketAddress(ipAddress: "192.0.2.1", port: 1)]
    }
    let asked = resolver.addresses(of: "slow.example", port: 443, on: group.next())
    for await _ in began {}
    resolver.end()
    let error = await #expect(throws: WireError.self) { try await asked.get() }
    #expect(error?.code == .shutDown)
    let later = await #expect(throws: WireError.self) {
      try await resolver.addresses(of: "late.example", port: 443, on: group.next()).get()
    }
    #expect(later?.code == .shutDown)
    // The answer comes when there is no loop any more to tell of it.
    try await group.shutdownGracefully()
    silence.answer()
    for await _ in ended {}
  }

  @Test("until then a name has its addresses, and one that has none says so")
  func answered() async throws {
    let resolver = SystemResolver()
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let found = try await resolver.addresses(of: "localhost", port: 7, on: loop).get()
    #expect(found.contains { $0.ipAddress == "127.0.0.1" && $0.port == 7 })
    let error = await #expect(throws: WireError.self) {
      try await resolver.addresses(of: "no-such-name.invalid", port: 7, on: loop).get()
    }
    #expect(error?.code == .nameUnresolved)
  }
}
