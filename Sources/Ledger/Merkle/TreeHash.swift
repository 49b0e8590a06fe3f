internal import Crypto

/// A SHA-256 hash: 32 bytes, kept without an allocation of its own.
package struct TreeHash: Sendable, Hashable {
  package static let byteCount = 32

  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// - Returns: `nil` unless there are exactly 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    let copy = Array(bytes)
    self = copy.withUnsafeBytes { TreeHash(loading: $0) }
  }

  /// - Returns: `nil` unless the text is canonical base64 of 32 bytes.
  package init?(base64: some StringProtocol) {
    guard let bytes = Base64.decode(base64) else { return nil }
    self.init(bytes)
  }

  /// - Precondition: 32 bytes, which every SHA-256 digest has.
  private init(loading bytes: UnsafeRawBufferPointer) {
    first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }

  init(_ hasher: SHA256) {
    self = hasher.finalize().withUnsafeBytes { TreeHash(loading: $0) }
  }

  /// SHA-256 of the parts, one after the other.
  package static func sha256(_ parts: [UInt8]...) -> TreeHash {
    var hasher = SHA256()
    for part in parts { part.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    return TreeHash(hasher)
  }

  /// The hash of one leaf: `SHA-256(0x00 || entry)` (RFC 9162 §2.1.1).
  package static func leaf(_ entry: some Sequence<UInt8>) -> TreeHash {
    let hash = entry.withContiguousStorageIfAvailable { leaf(UnsafeRawBufferPointer($0)) }
    return hash ?? Array(entry).withUnsafeBytes { leaf($0) }
  }

  private static func leaf(_ entry: UnsafeRawBufferPointer) -> TreeHash {
    var hasher = SHA256()
    withUnsafeBytes(of: UInt8(0)) { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: entry)
    return TreeHash(hasher)
  }

  /// The hash of an inner node: `SHA-256(0x01 || left || right)` (RFC 9162 §2.1.1).
  package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 1) { buffer in
      buffer[0] = 1
      left.store(in: buffer, at: 1)
      right.store(in: buffer, at: 1 + byteCount)
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
      return TreeHash(hasher)
    }
  }

  private func store(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
    buffer.storeBytes(of: first, toByteOffset: offset, as: UInt64.self)
    buffer.storeBytes(of: second, toByteOffset: offset + 8, as: UInt64.self)
    buffer.storeBytes(of: third, toByteOffset: offset + 16, as: UInt64.self)
    buffer.storeBytes(of: fourth, toByteOffset: offset + 24, as: UInt64.self)
  }

  package var bytes: [UInt8] { withBytes { Array($0) } }

  func append(to bytes: inout [UInt8]) {
    withBytes { bytes.append(contentsOf: $0) }
  }

  /// The 32 bytes, for as long as `body` runs.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeTemporaryAllocation(byteCount: Self.byteCount, alignment: 1) { buffer in
      store(in: buffer, at: 0)
      return body(UnsafeRawBufferPointer(buffer))
    }
  }

  package var base64: String { withBytes { Base64.encode($0) } }
}

extension TreeHash: CustomStringConvertible {
  package var description: String { base64 }
}
