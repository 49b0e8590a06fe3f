internal import Compression
internal import Evidence
internal import Glibc
internal import NIOCore
internal import Testing

@testable internal import Egress

/// Clients that send more than anybody needs, faster or slower than anybody would. Each ends with a clear refusal, what
/// it takes of memory is bounded, and others are served meanwhile.
@Suite(.serialized, .timeLimit(.minutes(2))) struct HostileClientTests {
  /// What one hostile connection may take: twice what a well-behaved one may, which is its windows and its streams.
  private static let mostBytes = 96 << 20

  private static let get = "GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\r\n"

  /// What a client sends before its first frame, and its empty settings.
  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(4, 0, 0)

  /// A request for `/` of `server.test` (RFC 7541 §6: two indexed fields, `:authority` and two more by their places).
  private static let head: [UInt8] = [0x82, 0x87, 0x84, 0x41, 11] + Array("server.test".utf8)

  /// RFC 9113 §4.1.
  private static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8] = []) -> [UInt8] {
    [UInt8(payload.count >> 16), UInt8(payload.count >> 8 & 0xff), UInt8(payload.count & 0xff), type, flags]
      + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: stream >> $0) } + payload
  }

  /// Bytes of memory that this process has in use now.
  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 256)
    guard fgets(&text, 256, file) != nil else { return 0 }
    let words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
      separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }

  /// Sends frames without end, reads what comes, and gives the types of the frames that answered.
  private func answers(
    to frames: [UInt8], _ configure: (inout DoorHarness.Options) -> Void = { _ in }
  ) async throws -> (types: [UInt8], harness: DoorHarness) {
    let harness = try await DoorHarness { configure(&$0) }
    let client = try await harness.secured(protocols: ["h2"])
    let before = Self.residentBytes()
    client.send(ByteBuffer(bytes: Self.preface + frames))
    let bytes = await client.readToEnd()
    #expect(Self.residentBytes() - before < Self.mostBytes)
    var types: [UInt8] = []
    var rest = bytes[...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      types.append(head[3])
      rest = rest.dropFirst(9 + (Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])))
    }
    let other = try await harness.client()
    other.send(Self.get)
    #expect(try await other.answer().status == 200, "another client is not served")
    return (types, harness)
  }

  @Test("ten thousand streams at once on one connection end it, and few of them were begun")
  func manyStreams() async throws {
    let frames = (0..<10_000).flatMap { Self.frame(1, 4, UInt32($0) * 2 + 1, Self.head) }
    let (types, harness) = try await answers(to: frames)
    #expect(types.contains(7) || types.contains(3), "neither GOAWAY nor RST_STREAM")
    #expect(harness.upstream.memory.now.connections <= 1)
  }

  @Test("streams that are opened and reset ten thousand times end the connection (CVE-2023-44487)")
  func rapidReset() async throws {
    let frames = (0..<10_000).flatMap {
      Self.frame(1, 5, UInt32($0) * 2 + 1, Self.head) + Self.frame(3, 0, UInt32($0) * 2 + 1, [0, 0, 0, 8])
    }
    #expect(try await answers(to: frames).types.contains(7))
  }

  @Test("a head that goes on in frame after frame ends the connection (CVE-2024-27316)")
  func endlessContinuation() async throws {
    let frames =
      Self.frame(1, 0, 1, Self.head)
      + (0..<2000).flatMap { _ in
        Self.frame(9, 0, 1, [0, 1, 0x78, 100] + [UInt8](repeating: 0x79, count: 100))
      }
    #expect(try await answers(to: frames).types.contains(7))
  }

  @Test(
    "a head that HTTP/2 forbids ends the connection, and is recorded as refused",
    arguments: [
      ("", "/ok HTTP/1.1\r\nHost: other.test\r\n\r\n"), ("transfer-encoding", "chunked"), ("Upper-Case", "x"),
    ])
  func forbiddenHead(_ name: String, _ value: String) async throws {
    let text = { (text: String) in [UInt8(text.utf8.count)] + Array(text.utf8) }
    // Literals without indexing (RFC 7541 §6.2.2): of `:path`, or with a new name.
    let field = name.isEmpty ? [0x04] + text(value) : [0x00] + text(name) + text(value)
    let head = name.isEmpty ? [0x82, 0x87, 0x41] + text("server.test") + field : Self.head + field
    let (_, harness) = try await answers(to: Self.frame(1, 5, 1, head))
    let exchanges = try await harness.exchanges { $0.count == 2 }
    #expect(exchanges.filter { $0.decision.action == .block }.count == 1)
    #expect(harness.upstream.requests.count == 1, "only the other client's")
  }

  @Test("a compressed head that stands for megabytes is refused")
  func headBomb() async throws {
    // One long field enters the table; each byte after that stands for all of it.
    let field = [0x40, 1, 0x78, 0x7f, 0xa1, 0x1e] + [UInt8](repeating: 0x79, count: 4000)
    let frames =
      Self.frame(1, 0, 1, Self.head + field) + Self.frame(9, 4, 1, [UInt8](repeating: 0xbe, count: 10_000))
    let (types, harness) = try await answers(to: frames)
    #expect(types.contains(7) || types.contains(3))
    #expect(harness.upstream.requests.map(\.target) == ["/"], "only the other client's")
  }

  @Test("pings and settings without end, whose answers nobody reads, end the connection")
  func unreadAnswers() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.secured(protocols: ["h2"])
    let before = Self.residentBytes()
    try await client.channel.setOption(.autoRead, value: false).get()
    let frames = Self.frame(6, 0, 0, Array(1...8)) + Self.frame(4, 0, 0)
    client.send(ByteBuffer(bytes: Self.preface + (0..<200_000).flatMap { _ in frames }))
    // The door stops reading, or closes: either way others are served and nothing piles up.
    for _ in 0..<20 {
      let other = try await harness.client()
      other.send(Self.get)
      #expect(try await other.answer().status == 200)
    }
    // The client's own copy of what it sends is in this process too.
    #expect(Self.residentBytes() - before < Self.mostBytes)
  }

  @Test(
    "requests without end behind one that nobody answers are not read, and those before its answer are served after it")
  func endlessPipeline() async throws {
    let harness = try await DoorHarness { options in
      let script = options.script
      options.script = { $0.target == "/hang" ? [.silence] : script($0) }
    }
    let client = try await harness.client()
    let before = Self.residentBytes()
    client.send("GET http://server.test/hang HTTP/1.1\r\nHost: server.test\r\n\r\n")
    // All pieces are one piece of memory.
    let piece = ByteBuffer(string: String(repeating: Self.get, count: (1 << 20) / Self.get.utf8.count))
    for _ in 0..<400 { client.send(piece) }
    try await harness.upstream { $0.connections == 1 }
    try await Task.sleep(for: .seconds(2))
    #expect(Self.residentBytes() - before < Self.mostBytes)
    let other = try await harness.client()
    other.send(Self.get)
    #expect(try await other.answer().status == 200)
  }

  @Test("of hundreds of long bodies at once few are taken in at the same time, and all arrive")
  func longBodies() async throws {
    let harness = try await DoorHarness()
    let body = ByteBuffer(string: String(repeating: "a line of a long body\n", count: 14_000))
    let length = body.readableBytes
    var clients: [DoorClient] = []
    for _ in 0..<300 {
      let client = try await harness.client()
      client.send("POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(length)\r\n\r\n")
      client.send(body)
      clients.append(client)
    }
    for client in clients { #expect(try await client.answer(to: "POST").status == 200) }
    #expect(harness.upstream.requests.count == 300)
    #expect(harness.upstream.requests.allSatisfy { $0.body.count == length })
  }

  @Test("turns are had in the order in which they were asked for, by those who still want them")
  func turns() {
    let turns = BodyTurns()
    for _ in 0..<BodyTurns.turns { #expect(turns.take()) }
    #expect(!turns.take())
    let order = Order()
    for number in 0..<4 {
      turns.wait {
        order.numbers.append(number)
        return number % 2 == 1
      }
    }
    turns.giveBack()
    #expect(order.numbers == [0, 1])
    turns.giveBack()
    #expect(order.numbers == [0, 1, 2, 3])
    turns.giveBack()
    #expect(turns.take())
    #expect(!turns.take())
  }

  private final class Order { var numbers: [Int] = [] }

  @Test("clients that stop in the middle of long bodies keep nobody waiting for ever")
  func stoppedBodies() async throws { try await goOnBesideUnfinished { $0.limits.bodyPause = .milliseconds(200) } }

  @Test("clients that go on with long bodies a byte now and then keep nobody waiting for ever")
  func slowBodies() async throws {
    try await goOnBesideUnfinished { options in
      options.limits.bodyPause = .seconds(60)
      options.limits.bodyTurn = .milliseconds(200)
    }
  }

  /// A long body beside three times as many unfinished ones as have their turn at once.
  private func goOnBesideUnfinished(_ configure: (inout DoorHarness.Options) -> Void) async throws {
    let harness = try await DoorHarness(configure)
    var unfinished: [DoorClient] = []
    for _ in 0..<3 * BodyTurns.turns {
      let client = try await harness.client()
      client.send("POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: 1000000\r\n\r\n")
      client.send(ByteBuffer(repeating: UInt8(ascii: "x"), count: 2 * BodyTurns.longBody))
      unfinished.append(client)
    }
    let client = try await harness.client()
    let body = ByteBuffer(repeating: UInt8(ascii: "y"), count: 4 * BodyTurns.longBody)
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Length: \(body.readableBytes)\r\n\r\n")
    client.send(body)
    #expect(try await client.answer(to: "POST").status == 200)
    _ = unfinished
  }

  @Test("as many requests behind each other as are sent at once are answered in their order")
  func longPipeline() async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    client.send(ByteBuffer(string: String(repeating: Self.get, count: 4000)))
    for number in 0..<4000 { #expect(try await client.answer().status == 200, "\(number)") }
  }

  @Test("a head without end is refused with 431, whichever way it goes on", arguments: ["X: y\r\n", "y", "X: \ty\r\n"])
  func endlessHead(_ piece: String) async throws {
    let harness = try await DoorHarness()
    let client = try await harness.client()
    let before = Self.residentBytes()
    client.send("GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\nX: ")
    client.send(String(repeating: piece, count: (4 << 20) / piece.utf8.count))
    let answer = try await client.answer()
    #expect(answer.status == 431)
    #expect(answer.text.contains("limits.head"))
    #expect(Self.residentBytes() - before < Self.mostBytes)
    #expect(harness.upstream.memory.now.connections == 0)
  }

  @Test("sizes of chunks, extensions and trailers without end are refused, each with its code")
  func endlessChunks() async throws {
    let head = "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nTransfer-Encoding: chunked\r\n\r\n"
    for (body, wanted) in [
      ("1;" + String(repeating: "x", count: 1 << 20), 400),
      ("0\r\n" + String(repeating: "X: y\r\n", count: 1 << 16), 431),
      (String(repeating: "0", count: 1 << 16), 413),
    ] {
      let harness = try await DoorHarness()
      let client = try await harness.client()
      client.send(head + body)
      #expect(try await client.answer(to: "POST").status == wanted)
      #expect(harness.upstream.requests.isEmpty)
    }
  }

  @Test("two hundred clients that say a byte now and then are closed, and others are served meanwhile")
  func slowClients() async throws {
    let harness = try await DoorHarness { $0.limits.idle = .milliseconds(500) }
    let before = Self.residentBytes()
    var slow: [DoorClient] = []
    for _ in 0..<200 {
      let client = try await harness.client()
      client.send("POST http://server.test/ HTTP/1.1\r\nHost: ser")
      slow.append(client)
    }
    let other = try await harness.client()
    other.send(Self.get)
    #expect(try await other.answer().status == 200)
    for client in slow { #expect(await client.readToEnd().isEmpty) }
    #expect(Self.residentBytes() - before < Self.mostBytes)
    #expect(harness.upstream.requests.count == 1)
  }

  @Test("a body that unpacks to gigabytes is stopped with a reason, in bounded memory")
  func bomb() async throws {
    // Sixty times 64 MiB of zeros: 4 GB of text in 4 MB.
    let member = try Self.gzipOfZeros()
    let body = (0..<60).flatMap { _ in member }
    let harness = try await DoorHarness { $0.settings = "limits: {decoded-bytes: 1MiB}\n" }
    let client = try await harness.client()
    let before = Self.residentBytes()
    client.send(
      "POST http://server.test/ HTTP/1.1\r\nHost: server.test\r\nContent-Encoding: gzip\r\n"
        + "Content-Length: \(body.count)\r\n\r\n")
    client.send(ByteBuffer(bytes: body))
    let answer = try await client.answer(to: "POST")
    #expect(answer.status == 403)
    #expect(Self.residentBytes() - before < Self.mostBytes)
    #expect(harness.upstream.requests.isEmpty)
  }

  private static func gzipOfZeros() throws -> [UInt8] {
    var compressor = try Compressor(.gzip)
    var out: [UInt8] = []
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<64 { try zeros.withUnsafeBytes { try compressor.compress($0) { out += $0 } } }
    try compressor.finish { out += $0 }
    return out
  }
}
