import NIOCore
import Testing

@testable import Egress

/// Builds hellos, right ones and wrong ones.
struct HelloBuilder {
  var serverName: String? = "api.example.com"
  var alpn: [String] = ["h2", "http/1.1"]
  var extra: [(UInt16, [UInt8])] = [(43, [2, 3, 4])]
  var hasExtensions = true
  var nameType: UInt8 = 0
  var trailing: [UInt8] = []
  var sessionBytes = 32

  private func prefixed16(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
  }

  private func prefixed8(_ bytes: [UInt8]) -> [UInt8] { [UInt8(truncatingIfNeeded: bytes.count)] + bytes }

  var handshake: [UInt8] {
    var body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32)
    body += prefixed8([UInt8](repeating: 1, count: sessionBytes)) + prefixed16([0x13, 1, 0x13, 2]) + prefixed8([0])
    if hasExtensions {
      var all: [(UInt16, [UInt8])] = extra
      if let serverName { all.append((0, prefixed16([nameType] + prefixed16(Array(serverName.utf8))))) }
      if !alpn.isEmpty { all.append((16, prefixed16(alpn.flatMap { prefixed8(Array($0.utf8)) }))) }
      body += prefixed16(all.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 0xff)] + prefixed16($0.1) })
    }
    body += trailing
    return [1, 0, UInt8(body.count >> 8), UInt8(body.count & 0xff)] + body
  }

  /// Cut into records of at most `fragment` bytes.
  func records(fragment: Int = 16384) -> [UInt8] {
    var out: [UInt8] = []
    var rest = handshake[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(fragment))
      out += [22, 3, 1] + prefixed16(piece)
      rest = rest.dropFirst(piece.count)
    }
    return out
  }
}

@Suite struct ClientHelloTests {
  private func peek(_ bytes: [UInt8]) -> ClientHello.Peek { ClientHello.peek(ByteBuffer(bytes: bytes)) }

  private func hello(_ bytes: [UInt8]) -> ClientHello? {
    if case .hello(let hello) = peek(bytes) { hello } else { nil }
  }

  @Test("name and protocols are read, and bytes behind the hello do not matter")
  func plain() throws {
    let hello = try #require(self.hello(HelloBuilder().records() + [20, 3, 3, 0, 1, 1]))
    #expect(hello.serverName == "api.example.com")
    #expect(hello.alpn == ["h2", "http/1.1"])
    #expect(!hello.hasECH)
  }

  @Test("without name, protocols or extensions there is still a hello")
  func bare() throws {
    var builder = HelloBuilder(serverName: nil, alpn: [])
    #expect(try #require(hello(builder.records())) == ClientHello(serverName: nil, alpn: [], hasECH: false))
    builder.hasExtensions = false
    #expect(try #require(hello(builder.records())).serverName == nil)
  }

  @Test("an encrypted hello is noticed", arguments: [0xfe0d, 0xffce] as [UInt16])
  func encrypted(type: UInt16) throws {
    #expect(try #require(hello(HelloBuilder(extra: [(type, [0, 1, 2])]).records())).hasECH)
  }

  @Test("a name loses its case and its final dot, and an address may stand in its place")
  func names() {
    #expect(hello(HelloBuilder(serverName: "API.Example.COM.").records())?.serverName == "api.example.com")
    #expect(hello(HelloBuilder(serverName: "10.0.0.1").records())?.serverName == "10.0.0.1")
    #expect(hello(HelloBuilder(serverName: "::1").records())?.serverName == "::1")
  }

  @Test("every prefix asks for more, never more than there is, and the whole gives the hello")
  func everyPrefix() throws {
    for fragment in [7, 50, 16384] {
      let bytes = HelloBuilder().records(fragment: fragment)
      for count in 0..<bytes.count {
        guard case .needMore(let total) = peek(Array(bytes[..<count])) else {
          Issue.record("\(count) of \(bytes.count) bytes: \(peek(Array(bytes[..<count])))")
          return
        }
        #expect(total > count && total <= bytes.count)
      }
      #expect(hello(bytes)?.serverName == "api.example.com")
    }
  }

  @Test(
    "what is no TLS is told from what is broken TLS",
    arguments: [
      ([0x47, 0x45, 0x54], false), ([22, 2, 0, 0, 5], false), ([22, 3, 9, 0, 5], false), ([0x80, 0x2e, 1], false),
      ([23, 3, 3, 0, 1, 0], false), ([22, 3, 1, 0, 0], true), ([22, 3, 1, 0x40, 1], true),
      ([22, 3, 1, 0, 4, 2, 0, 0, 0], true), ([22, 3, 1, 0, 4, 1, 1, 0, 0], true),
      ([22, 3, 1, 0, 1, 1, 23, 3, 3], true),
      ([22, 3, 1, 0, 4, 1, 0, 0, 0], true),
    ] as [([UInt8], Bool)])
  func notHello(bytes: [UInt8], isTLS: Bool) {
    #expect(peek(bytes) == (isTLS ? .malformed : .notTLS))
  }

  @Test("hellos that two readers could take differently are malformed")
  func ambiguous() {
    let repeated = HelloBuilder(extra: [(0, [0, 4, 0, 0, 1, 0x61])])
    #expect(peek(repeated.records()) == .malformed)
    #expect(peek(HelloBuilder(serverName: "a b").records()) == .malformed)
    #expect(peek(HelloBuilder(serverName: "").records()) == .malformed)
    #expect(peek(HelloBuilder(serverName: "a\0b").records()) == .malformed)
    #expect(peek(HelloBuilder(serverName: "127.1").records()) == .malformed)
    #expect(peek(HelloBuilder(nameType: 1).records()) == .malformed)
    #expect(peek(HelloBuilder(trailing: [0]).records()) == .malformed)
    #expect(peek(HelloBuilder(sessionBytes: 33).records()) == .malformed)
    #expect(peek(HelloBuilder(alpn: [""]).records()) == .malformed)
  }

  @Test("a hello has a limit of bytes and of records")
  func limits() {
    #expect(peek([22, 3, 1, 0, 4, 1, 0, 0xff, 0xfd]) == .malformed)
    #expect(HelloBuilder().handshake.count > EgressLimits.clientHelloRecords)
    #expect(peek(HelloBuilder().records(fragment: 1)) == .malformed)
    let length = HelloBuilder().handshake.count
    #expect(hello(HelloBuilder().records(fragment: length / EgressLimits.clientHelloRecords + 1)) != nil)
  }

  @Test("mutated bytes never crash")
  func mutations() {
    var generator = SeededGenerator(seed: 50)
    for _ in 0..<20_000 {
      var bytes = HelloBuilder().records(fragment: Int.random(in: 20...300, using: &generator))
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      _ = peek(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator))))
    }
  }
}
