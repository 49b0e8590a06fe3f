internal import Crypto

/// One direction's records: as they are until a key is agreed on, then sealed.
struct TLSDirection {
  private var key: SymmetricKey?
  private var nonce: [UInt8] = []
  private var sequence: UInt64 = 0

  mutating func begin(key: [UInt8], nonce: [UInt8]) {
    (self.key, self.nonce, sequence) = (SymmetricKey(data: key), nonce, 0)
  }

  mutating func seal(_ type: UInt8, _ body: [UInt8]) -> [UInt8]? {
    guard let key else { return body }
    defer { sequence += 1 }
    guard let nonce = try? ChaChaPoly.Nonce(data: currentNonce),
      let box = try? ChaChaPoly.seal(body, using: key, nonce: nonce, authenticating: context(type, body.count))
    else { return nil }
    return Array(box.ciphertext) + Array(box.tag)
  }

  mutating func open(_ type: UInt8, _ body: [UInt8]) -> [UInt8]? {
    guard let key else { return body }
    defer { sequence += 1 }
    guard body.count >= 16, let nonce = try? ChaChaPoly.Nonce(data: currentNonce),
      let box = try? ChaChaPoly.SealedBox(nonce: nonce, ciphertext: body.dropLast(16), tag: body.suffix(16)),
      let opened = try? ChaChaPoly.open(box, using: key, authenticating: context(type, body.count - 16))
    else { return nil }
    return Array(opened)
  }

  private var number: [UInt8] { (0..<8).reversed().map { UInt8(truncatingIfNeeded: sequence >> (8 * $0)) } }

  /// RFC 7905 §2.
  private var currentNonce: [UInt8] { zip(nonce, [0, 0, 0, 0] + number).map { $0 ^ $1 } }

  /// RFC 5246 §6.2.3.3.
  private func context(_ type: UInt8, _ count: Int) -> [UInt8] {
    number + [type, 3, 3, UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
  }

  /// The pseudorandom function of RFC 5246 §5 with SHA-256.
  static func derive(_ secret: [UInt8], _ label: String, _ seed: [UInt8], _ count: Int) -> [UInt8] {
    let key = SymmetricKey(data: secret)
    let text = Array(label.utf8) + seed
    var (out, round): ([UInt8], [UInt8]) = ([], text)
    while out.count < count {
      round = Array(HMAC<SHA256>.authenticationCode(for: round, using: key))
      out += Array(HMAC<SHA256>.authenticationCode(for: round + text, using: key))
    }
    return Array(out.prefix(count))
  }
}
