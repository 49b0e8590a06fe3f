internal import NIOCore

/// Reads the parts of a DNS message, whose bytes may be anything.
struct DNSReader {
  /// RFC 1035 §4.1.1.
  private static let headBytes = 12

  private let message: ByteBuffer
  private(set) var offset = 0

  init(_ message: ByteBuffer) {
    self.message = message.slice()
  }

  var isAtEnd: Bool { offset == message.readableBytes }

  mutating func integer() -> UInt16? {
    guard let value = message.getInteger(at: offset, as: UInt16.self) else { return nil }
    offset += 2
    return value
  }

  mutating func skip(_ count: Int) -> Bool {
    guard message.readableBytes - offset >= count else { return false }
    offset += count
    return true
  }

  /// A name, following pointers backwards only (RFC 1035 §4.1.4): each must lie before the part that it ends, so that
  /// no name goes in circles, and after the message's head, in which there are no names.
  mutating func name() -> DNSName? {
    var labels: [[UInt8]] = []
    var cursor = offset
    var partStart = offset
    var end: Int?
    var pointers = 0
    var total = 1
    while let length = message.getInteger(at: cursor, as: UInt8.self) {
      switch length {
      case 0:
        offset = end ?? cursor + 1
        return DNSName(labels: labels)
      case 1...63:
        total += Int(length) + 1
        guard total <= 255, let label = message.getBytes(at: cursor + 1, length: Int(length)) else { return nil }
        labels.append(label)
        cursor += 1 + Int(length)
      case 0xc0...:
        guard let pointer = message.getInteger(at: cursor, as: UInt16.self) else { return nil }
        let target = Int(pointer & 0x3fff)
        pointers += 1
        guard target >= Self.headBytes, target < partStart, pointers <= EgressLimits.dnsPointers else { return nil }
        end = end ?? cursor + 2
        cursor = target
        partStart = target
      default: return nil
      }
    }
    return nil
  }
}
