internal import Crypto

/// As much of TLS 1.2 (RFC 5246) with ECDHE and ChaCha20-Poly1305 (RFC 7905) as one request and its answer need.
///
/// It believes any certificate and does not check what the server says at the handshake's end: who tries to get out does
/// not care whom it tells.
final class TLSConversation {
  private let connection: Connection
  private var received: [UInt8] = []
  private var transcript: [UInt8] = []
  private var sending: TLSDirection
  private var receiving: TLSDirection

  /// - Returns: `nil` where no handshake comes about.
  init?(_ connection: Connection, name: String) {
    self.connection = connection
    (sending, receiving) = (TLSDirection(), TLSDirection())
    guard shakeHands(name) else { return nil }
  }

  func send(_ bytes: [UInt8]) { write(23, bytes) }

  /// Until the server has nothing more to say, or `isEnough` says so.
  func receiveAll(until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
    var all: [UInt8] = []
    while all.count < ProbingLimits.answerBytes, !isEnough(all), let record = read(), record.type == 23 {
      all += record.body
    }
    return all
  }

  // MARK: The handshake

  private func shakeHands(_ name: String) -> Bool {
    let hello = HelloBytes.message(for: name, suites: [0xcc, 0xa9, 0xcc, 0xa8], groups: [0, 29, 0, 23])
    say(hello)
    guard let server = hearServer(), let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: server.key)
    else { return false }
    let own = Curve25519.KeyAgreement.PrivateKey()
    guard let shared = try? own.sharedSecretFromKeyAgreement(with: key) else { return false }
    let secret = shared.withUnsafeBytes { Array($0) }
    let master = TLSDirection.derive(secret, "master secret", HelloBytes.random + server.random, 48)
    let keys = TLSDirection.derive(master, "key expansion", server.random + HelloBytes.random, 88)
    say([16] + HelloBytes.counted(3, HelloBytes.counted(1, Array(own.publicKey.rawRepresentation))))
    let digest = Array(SHA256.hash(data: transcript))
    write(20, [1])
    sending.begin(key: Array(keys[0..<32]), nonce: Array(keys[64..<76]))
    write(22, [20] + HelloBytes.counted(3, TLSDirection.derive(master, "client finished", digest, 12)))
    while let record = read() {
      if record.type == 20 { break }
      guard record.type == 22 else { return false }
    }
    receiving.begin(key: Array(keys[32..<64]), nonce: Array(keys[76..<88]))
    return read()?.type == 22
  }

  private func say(_ message: [UInt8]) {
    transcript += message
    write(22, message)
  }

  /// Everything up to `ServerHelloDone`: the server's random bytes and its share of the key.
  private func hearServer() -> (random: [UInt8], key: [UInt8])? {
    var bytes: [UInt8] = []
    var (random, key): ([UInt8], [UInt8]) = ([], [])
    while let record = read(), record.type == 22 {
      bytes += record.body
      while bytes.count >= 4 {
        let end = 4 + Int(bytes[1]) << 16 + Int(bytes[2]) << 8 + Int(bytes[3])
        guard bytes.count >= end else { break }
        let message = Array(bytes[..<end])
        bytes.removeFirst(end)
        transcript += message
        switch message[0] {
        case 2 where message.count >= 38: random = Array(message[6..<38])
        // A named curve, x25519, 32 bytes (RFC 8422 §5.4).
        case 12 where message.count >= 40 && message[4...7].elementsEqual([3, 0, 29, 32]): key = Array(message[8..<40])
        case 14: return random.isEmpty || key.isEmpty ? nil : (random, key)
        default: break
        }
      }
    }
    return nil
  }

  // MARK: Records

  private func write(_ type: UInt8, _ body: [UInt8]) {
    guard let sealed = sending.seal(type, body) else { return }
    connection.send([type, 3, 3] + HelloBytes.counted(2, sealed))
  }

  private func read() -> (type: UInt8, body: [UInt8])? {
    while true {
      if received.count >= 5 {
        let end = 5 + Int(received[3]) << 8 + Int(received[4])
        if received.count >= end {
          let (type, body) = (received[0], Array(received[5..<end]))
          received.removeFirst(end)
          return receiving.open(type, body).map { (type, $0) }
        }
      }
      guard let piece = connection.receive(), !piece.isEmpty else { return nil }
      received += piece
    }
  }
}
