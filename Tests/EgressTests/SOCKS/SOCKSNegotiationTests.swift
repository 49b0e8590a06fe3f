import NIOCore
import Testing

@testable import Egress

@Suite struct SOCKSNegotiationTests {
  /// All that a client and its user see of one negotiation.
  struct Transcript: Equatable {
    var replies: [UInt8] = []
    var request: SOCKSRequest?
    var refusal: SOCKSError.Reason?
    var remaining: [UInt8] = []

    init(_ pieces: [[UInt8]], failing reason: SOCKSError.Reason? = nil) {
      var negotiation = SOCKSNegotiation()
      for piece in pieces {
        negotiation.append(ByteBuffer(bytes: piece))
        while let action = negotiation.next() {
          switch action {
          case .reply(let bytes): replies += bytes.readableBytesView
          case .connect(let wanted): request = wanted
          case .refuse(let bytes, let error):
            replies += bytes.readableBytesView
            refusal = error.reason
          }
        }
      }
      guard request != nil else { return }
      replies += (reason.map { negotiation.fail(SOCKSError($0)) } ?? negotiation.succeed()).readableBytesView
      remaining = Array(negotiation.takeRemaining().readableBytesView)
    }
  }

  private static let success: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  private static let named: [UInt8] = [5, 1, 0, 5, 1, 0, 3, 7] + Array("Ab_1.de".utf8) + [1, 187]

  @Test("SOCKS5 connects to a name, and what follows the request is handed on")
  func name() {
    let transcript = Transcript([Self.named + [0x16, 3]])
    #expect(transcript.request == SOCKSRequest(version: .socks5, host: .name("ab_1.de"), port: 443))
    #expect(transcript.replies == [5, 0] + Self.success)
    #expect(transcript.remaining == [0x16, 3])
  }

  @Test("SOCKS5 connects to addresses, also to those written as names")
  func addresses() {
    let v6 = [UInt8](repeating: 0, count: 15) + [1]
    #expect(Transcript([[5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 80]]).request?.host == .address([127, 0, 0, 1]))
    #expect(Transcript([[5, 1, 0, 5, 1, 0, 4] + v6 + [0, 80]]).request?.host == .address(v6))
    let text = Array("10.0.0.1".utf8)
    #expect(Transcript([[5, 1, 0, 5, 1, 0, 3, 8] + text + [0, 80]]).request?.host == .address([10, 0, 0, 1]))
    #expect(Transcript([[5, 1, 0, 5, 1, 0, 3, 3] + Array("::1".utf8) + [0, 80]]).request?.host == .address(v6))
  }

  @Test("a user name and password are taken where no authentication is not offered")
  func password() {
    let transcript = Transcript([[5, 1, 2, 1, 1, 0x61, 0] + Self.named[3...]])
    #expect(transcript.replies == [5, 2, 1, 0] + Self.success)
    #expect(transcript.request?.port == 443)
  }

  @Test("SOCKS4 connects to an address, SOCKS4a to a name")
  func socks4() {
    let v4 = Transcript([[4, 1, 0, 80, 1, 2, 3, 4, 0x75, 0, 9]])
    #expect(v4.request == SOCKSRequest(version: .socks4, host: .address([1, 2, 3, 4]), port: 80))
    #expect(v4.replies == [0, 90, 0, 0, 0, 0, 0, 0])
    #expect(v4.remaining == [9])
    let v4a = Transcript([[4, 1, 0, 80, 0, 0, 0, 7, 0] + Array("example.com".utf8) + [0]])
    #expect(v4a.request == SOCKSRequest(version: .socks4, host: .name("example.com"), port: 80))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let reply: [UInt8]
    let reason: SOCKSError.Reason
  }

  static let refused: [Case] = [
    Case(testDescription: "version 6", bytes: [6, 1, 0], reply: [], reason: .malformed),
    Case(testDescription: "GSSAPI only", bytes: [5, 1, 1], reply: [5, 0xff], reason: .noAcceptableMethod),
    Case(testDescription: "no method", bytes: [5, 0], reply: [5, 0xff], reason: .noAcceptableMethod),
    Case(
      testDescription: "BIND", bytes: [5, 1, 0, 5, 2, 0, 1], reply: [5, 0, 5, 7, 0, 1, 0, 0, 0, 0, 0, 0],
      reason: .commandNotSupported),
    Case(
      testDescription: "UDP ASSOCIATE", bytes: [5, 1, 0, 5, 3, 0, 1], reply: [5, 0, 5, 7, 0, 1, 0, 0, 0, 0, 0, 0],
      reason: .commandNotSupported),
    Case(
      testDescription: "address type 2", bytes: [5, 1, 0, 5, 1, 0, 2], reply: [5, 0, 5, 8, 0, 1, 0, 0, 0, 0, 0, 0],
      reason: .addressNotSupported),
    Case(
      testDescription: "request of another version", bytes: [5, 1, 0, 4, 1],
      reply: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0],
      reason: .malformed),
    Case(
      testDescription: "port 0", bytes: [5, 1, 0, 5, 1, 0, 1, 1, 1, 1, 1, 0, 0],
      reply: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0], reason: .malformed),
    Case(
      testDescription: "empty name", bytes: [5, 1, 0, 5, 1, 0, 3, 0, 0, 80],
      reply: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0], reason: .malformed),
    Case(
      testDescription: "name with NUL", bytes: [5, 1, 0, 5, 1, 0, 3, 3, 0x61, 0, 0x62, 0, 80],
      reply: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0], reason: .malformed),
    Case(
      testDescription: "shortened address as name", bytes: [5, 1, 0, 5, 1, 0, 3, 5] + Array("127.1".utf8) + [0, 80],
      reply: [5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0], reason: .malformed),
    Case(
      testDescription: "SOCKS4 BIND", bytes: [4, 2], reply: [0, 91, 0, 0, 0, 0, 0, 0], reason: .commandNotSupported),
    Case(
      testDescription: "SOCKS4 with an endless user name",
      bytes: [4, 1, 0, 80, 1, 1, 1, 1] + [UInt8](repeating: 65, count: 256),
      reply: [0, 91, 0, 0, 0, 0, 0, 0], reason: .malformed),
    Case(
      testDescription: "password of another version", bytes: [5, 1, 2, 2], reply: [5, 2, 1, 1], reason: .malformed),
  ]

  @Test("what is not served is refused with its own code, however the bytes are cut", arguments: refused)
  func refusals(_ attempt: Case) {
    for pieces in splits(of: attempt.bytes, random: 3, seed: 1) {
      let transcript = Transcript(pieces)
      #expect(transcript.refusal == attempt.reason)
      #expect(transcript.replies == attempt.reply)
      #expect(transcript.request == nil)
    }
  }

  @Test(
    "a connection that fails is told in the client's version",
    arguments: [
      (SOCKSError.Reason.notAllowed, 2), (.networkUnreachable, 3), (.hostUnreachable, 4), (.connectionRefused, 5),
      (.failed, 1),
    ] as [(SOCKSError.Reason, UInt8)])
  func failures(reason: SOCKSError.Reason, code: UInt8) {
    #expect(Transcript([Self.named], failing: reason).replies == [5, 0, 5, code, 0, 1, 0, 0, 0, 0, 0, 0])
    #expect(Transcript([[4, 1, 0, 80, 1, 2, 3, 4, 0]], failing: reason).replies == [0, 91, 0, 0, 0, 0, 0, 0])
    #expect(!SOCKSError(reason).sentence.isEmpty)
  }

  @Test("a negotiation is the same however its bytes are cut")
  func everySplit() {
    let whole = Transcript([Self.named + [1, 2, 3]])
    for pieces in splits(of: Self.named, random: 20, seed: 3) {
      #expect(Transcript(pieces + [[1, 2, 3]]).request == whole.request)
      #expect(Transcript(pieces).replies == whole.replies)
    }
  }

  @Test("random bytes never crash")
  func randomBytes() {
    var generator = SeededGenerator(seed: 40)
    for _ in 0..<5000 {
      var noise = (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...5, using: &generator)
      }
      if Bool.random(using: &generator) { noise = [5, 1, 0, 5, 1, 0] + noise }
      _ = Transcript(noise.map { [$0] })
    }
  }
}
