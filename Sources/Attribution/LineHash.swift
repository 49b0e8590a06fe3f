/// A keyed hash of a line's text. Each index has its own key, so that nobody writes lines that collide.
struct LineHash: Sendable {
  /// What a line without text has.
  static let blank: UInt32 = 0
  /// What stands between two documents, and where one was forgotten.
  static let boundary = UInt32.max

  let first: UInt64
  let second: UInt64

  init() {
    var random = SystemRandomNumberGenerator()
    first = random.next()
    second = random.next() | 1
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ two: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: two)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  private static func loadHalf(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
  }

  /// Bytes at either end of a line that count; more would be read for nothing, since bytes are compared in the end.
  private static let edge = 256

  /// The hash of trimmed text; reads nothing outside of it.
  @inline(__always)
  func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
    guard count > 0 else { return Self.blank }
    let state = first ^ UInt64(truncatingIfNeeded: count)
    guard count > 2 * Self.edge else { return Self.folded(hash(bytes, count, state)) }
    return Self.folded(hash(bytes + (count - Self.edge), Self.edge, hash(bytes, Self.edge, state)))
  }

  @inline(__always)
  private func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ initial: UInt64) -> UInt64 {
    var state = initial
    let head: UInt64
    let tail: UInt64
    if count >= 8 {
      var position = bytes
      var left = count
      while left > 16 {
        state = Self.mixed(Self.load(position) ^ second, Self.load(position + 8) ^ state)
        position += 16
        left -= 16
      }
      // The last sixteen bytes, or for a shorter line its first and its last eight.
      head = Self.load(count >= 16 ? bytes + (count - 16) : bytes)
      tail = Self.load(bytes + (count - 8))
    } else if count >= 4 {
      head = Self.loadHalf(bytes)
      tail = Self.loadHalf(bytes + (count - 4))
    } else {
      head = UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1])
      tail = 0
    }
    return Self.mixed(head ^ second, tail ^ state)
  }

  /// A number for a byte, which nobody knows without the key.
  func number(_ byte: Int) -> UInt64 {
    Self.mixed(UInt64(truncatingIfNeeded: byte) ^ first, second)
      ^ Self.mixed(UInt64(truncatingIfNeeded: ~byte) ^ second, first | 1)
  }

  /// The hash of three successive lines.
  @inline(__always)
  func hash(_ one: UInt32, _ two: UInt32, _ three: UInt32) -> UInt32 {
    Self.folded(Self.mixed((UInt64(one) << 32 | UInt64(two)) ^ first, UInt64(three) ^ second))
  }

  @inline(__always)
  private static func folded(_ wide: UInt64) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: wide ^ wide >> 32)
    return hash == blank || hash == boundary ? 1 : hash
  }
}
