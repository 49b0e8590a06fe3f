#if canImport(Glibc)
  internal import Glibc
#endif

/// The part of a view's bytes that is still needed: a flat buffer that forgets its beginning.
struct ViewWindow: ~Copyable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  /// The view's offset of `bytes[0]`.
  private(set) var base = 0

  init(capacity: Int) {
    self.capacity = max(64, capacity)
    bytes = .allocate(capacity: self.capacity)
  }

  /// The same bytes, as far as `end`.
  init(copying other: borrowing ViewWindow, upTo end: Int) {
    count = end - other.base
    base = other.base
    capacity = max(64, count)
    bytes = .allocate(capacity: capacity)
    bytes.update(from: other.bytes, count: count)
  }

  deinit { bytes.deallocate() }

  var end: Int { base + count }

  mutating func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
    if count + length > capacity { grow(to: count + length) }
    (bytes + count).update(from: source, count: length)
    count += length
  }

  /// Memory for so many bytes more, which ``advance(_:)`` then counts.
  mutating func reserve(_ length: Int) -> UnsafeMutablePointer<UInt8> {
    if count + length > capacity { grow(to: count + length) }
    return bytes + count
  }

  mutating func advance(_ length: Int) { count += length }

  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(to: count + 1) }
    bytes[count] = byte
    count += 1
  }

  private static let long = 8 * 1024

  private mutating func grow(to needed: Int) {
    // By little once it is long: of thousands of open messages, what each could hold and does not adds up.
    let larger = max(needed, capacity < Self.long ? capacity * 2 : capacity + capacity / 4)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    copy.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = copy
    capacity = larger
  }

  /// Forgets the bytes before `offset`, once that frees enough to be worth the move.
  mutating func trim(before offset: Int) {
    let dropped = offset - base
    guard dropped > 0, dropped >= (count - dropped) / 2 else { return }
    memmove(bytes, bytes + dropped, count - dropped)
    count -= dropped
    base = offset
  }

  /// The first `byte` in `from ..< to`, in the view's offsets.
  func first(_ byte: UInt8, from: Int, to: Int) -> Int? {
    guard from < to, let found = memchr(bytes + (from - base), Int32(byte), to - from) else { return nil }
    return base + (found - UnsafeMutableRawPointer(bytes))
  }
}
