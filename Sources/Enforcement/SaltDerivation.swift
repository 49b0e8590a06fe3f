internal import Crypto
internal import Evidence

/// HMAC-SHA-256 (RFC 2104) under a run's salt key, which is taken in once: both of its hashes stand where the key's block
/// and what all names begin with are behind them.
struct SaltDerivation: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  private static let beginning = "sallyport/salt/v1\n"

  init(key: Secret<[UInt8]>) {
    let block = key.withValue { key in
      key.count > SHA256.blockByteCount ? SHA256.hash(data: key).withUnsafeBytes { Array($0) } : key
    }
    let padding = repeatElement(UInt8(0), count: SHA256.blockByteCount - block.count)
    var inner = SHA256()
    inner.update(data: (block + padding).map { $0 ^ 0x36 })
    inner.update(data: Array(Self.beginning.utf8))
    self.inner = inner
    var outer = SHA256()
    outer.update(data: (block + padding).map { $0 ^ 0x5c })
    self.outer = outer
  }

  /// The code of `sallyport/salt/v1`, the sequence and the field, each on a line of its own.
  func salt(_ field: String, ofExchange sequence: Int) -> Secret<[UInt8]> {
    var inner = inner
    Self.update(&inner, with: String(sequence))
    Self.update(&inner, with: "\n")
    Self.update(&inner, with: field)
    var outer = outer
    inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return Secret(outer.finalize().withUnsafeBytes { Array($0) })
  }

  private static func update(_ hash: inout SHA256, with text: String) {
    var text = text
    text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }
}
