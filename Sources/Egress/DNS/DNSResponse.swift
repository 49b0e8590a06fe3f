internal import NIOCore

/// The parts of an answer that no question changes.
enum DNSResponse {
  /// QR and RA: an answer from a resolver.
  static let flags: UInt16 = 0x8080
  /// Synthetic addresses hold for the whole run; short, so that one that was given up is soon asked for again.
  static let timeToLiveSeconds: UInt32 = 60
  /// What fits an unfragmented IPv6 packet (DNS Flag Day 2020).
  static let datagramBytes: UInt16 = 1232

  /// An answer to what could not be read: the header alone.
  static func bare(id: UInt16, flags echoed: UInt16, _ code: DNSResponseCode) -> ByteBuffer {
    var out = ByteBuffer()
    for word in [id, flags | echoed | code.rawValue & 0xf, 0, 0, 0, 0] { out.writeInteger(word) }
    return out
  }

  static func encode(_ name: DNSName) -> [UInt8] {
    name.labels.flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 } + [0]
  }
}
