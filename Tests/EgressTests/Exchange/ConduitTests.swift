internal import Enforcement
internal import Evidence
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Testing

@testable internal import Egress
@testable internal import Wire

/// One request on its way out, where the upstream and the disk have moods.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ConduitTests {
  /// A client that wants nothing told.
  private final class QuietClient: ClientSide {
    var isWritable: Bool { true }
    func send(head: ResponseHead) {}
    func send(body: ByteBuffer, wire: ByteBuffer) {}
    func end(trailers: [HTTPField], wire: ByteBuffer) {}
    func flush() {}
    func answer(_ answer: LocalAnswer) { Issue.record("answered \(answer.status)") }
    func abort() {}
    func pauseReading() {}
    func resumeReading() {}
    func switchProtocols(
      _ head: ResponseHead, to upstream: any UpstreamStream, of request: ClientRequest, exchange: Exchange,
      _ terms: AnswerTerms?
    ) -> (any UpstreamStreamDelegate)? { nil }
  }

  private final class Held {
    let client = QuietClient()
    let conduit: ExchangeConduit

    init(_ plan: DoorPlan, loop: any EventLoop, bytes: Int) {
      let tunnel = Tunnel(origin: plan.origin, destination: Destination(host: "server.test", port: 80))
      var head = RequestHead(method: "POST", target: "/", authority: "server.test")
      head.fields = [.init(name: "Host", value: "server.test"), .init(name: "Content-Length", value: "\(bytes)")]
      let request = ClientRequest(head: head, framing: .length(bytes), tunnel: tunnel)
      conduit = ExchangeConduit(
        door: LoopDoor(loop: loop, plan: plan, names: NameBook()), client: client, request: request)
      conduit.begin()
    }
  }

  @Test("an upstream that stops and goes on while the disk is read gets every byte, in order")
  func moods() async throws {
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let harness = try await DoorHarness {
      $0.limits.bodyMemoryBytes = 1
      $0.threads = threads
    }
    let body = (0..<600_000).map { UInt8(ascii: "a") + UInt8($0 / 1000 % 26) }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let gate = DispatchSemaphore(value: 0)
    let plan = harness.plan
    let held = try await loop.submit {
      let held = Held(plan, loop: loop, bytes: body.count)
      held.conduit.take(ByteBuffer(bytes: body))
      // Behind the writing and before the first reading the disk stops.
      threads.submit { _ in gate.wait() }
      held.conduit.end(trailers: [])
      return NIOLoopBound(held, eventLoop: loop)
    }.get()
    try await harness.upstream { $0.totalBytes > 0 }
    try await loop.submit {
      held.value.conduit.upstreamWritabilityChanged(isWritable: false)
      held.value.conduit.upstreamWritabilityChanged(isWritable: true)
    }.get()
    gate.signal()
    let count = body.count
    try await harness.upstream { $0.rawBytes.count == count }
    #expect(harness.upstream.memory.now.rawBytes == body)
    try await threads.shutdownGracefully()
  }
}
