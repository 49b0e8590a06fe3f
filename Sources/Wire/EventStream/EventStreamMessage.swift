internal import CZlib

/// A message of Amazon's event stream encoding, as Bedrock answers.
///
/// A prelude with both lengths and its CRC-32, headers, a payload, and the CRC-32 of all of it; numbers are big-endian.
///
/// - Source: Smithy 2.0, "Amazon Event Stream Specification".
package struct EventStreamMessage: Sendable, Hashable {
  /// As they came: names, types and values.
  package let headers: [UInt8]
  package var payload: [UInt8]

  package init(headers: [UInt8], payload: [UInt8]) {
    self.headers = headers
    self.payload = payload
  }

  static let preludeBytes = 12
  static let checksumBytes = 4
  /// What stands around headers and payload.
  static let frameBytes = preludeBytes + checksumBytes

  /// As it is sent. Of a message that was read, the very bytes that came.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.frameBytes + headers.count + payload.count)
    bytes += Self.bytes(of: UInt32(Self.frameBytes + headers.count + payload.count))
    bytes += Self.bytes(of: UInt32(headers.count))
    bytes += Self.bytes(of: Self.checksum(bytes))
    bytes += headers
    bytes += payload
    bytes += Self.bytes(of: Self.checksum(bytes))
    return bytes
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(crc32(0, bytes, UInt32(bytes.count))) }

  private static func bytes(of number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
}
