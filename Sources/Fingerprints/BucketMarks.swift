/// Which entries of an ordered list are in which bucket: a bit that is set for each entry, and behind those of each bucket
/// one that is not (the upper half of Elias and Fano's code). Where every 16th bucket begins is told beside them.
struct BucketMarks {
  private let buckets: Int
  private let bits: Int
  private let jumps: UnsafeRawPointer
  private let words: UnsafeRawPointer

  private static let stride = 16
  private static let jumpBytes = 4

  private static func jumpCount(_ bucketBits: Int) -> Int { (1 << bucketBits) / stride + 1 }

  private static func wordCount(_ count: Int, _ bucketBits: Int) -> Int { (count + (1 << bucketBits) + 63) / 64 }

  static func bytes(_ count: Int, _ bucketBits: Int) -> Int {
    jumpCount(bucketBits) * jumpBytes + wordCount(count, bucketBits) * 8
  }

  /// - Parameters:
  ///   - base: of as many bytes as ``bytes(_:_:)`` says.
  ///   - bucketBits: 6 or more.
  /// - Returns: `nil` where they do not say which of so many entries are in so many buckets.
  init?(_ base: UnsafeRawPointer, _ count: Int, _ bucketBits: Int) {
    buckets = 1 << bucketBits
    bits = count + buckets
    jumps = base
    words = base + Self.jumpCount(bucketBits) * Self.jumpBytes
    guard isWhole else { return nil }
  }

  /// Whether each jump leads to where its bucket begins, and the last one to the end.
  private var isWhole: Bool {
    var (bit, zeros) = (0, 0)
    for word in 0..<((bits + 63) / 64) {
      var gaps = ~self.word(word)
      // Nothing stands behind the last.
      if word == bits >> 6 { gaps &= (1 << UInt64(bits & 63)) - 1 }
      let more = gaps.nonzeroBitCount
      if zeros / Self.stride == (zeros + more) / Self.stride {
        zeros += more
        continue
      }
      while gaps != 0 {
        zeros += 1
        bit = word << 6 + gaps.trailingZeroBitCount + 1
        if zeros % Self.stride == 0, zeros > buckets || jump(zeros / Self.stride) != bit { return false }
        gaps &= gaps &- 1
      }
    }
    return zeros == buckets && jump(0) == 0 && jump(buckets / Self.stride) == bits
  }

  @inline(__always)
  private func word(_ index: Int) -> UInt64 {
    words.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self).littleEndian
  }

  @inline(__always)
  private func jump(_ index: Int) -> Int {
    Int(jumps.loadUnaligned(fromByteOffset: index &* Self.jumpBytes, as: UInt32.self).littleEndian)
  }

  /// The entries of a bucket.
  @inline(__always)
  func entries(of bucket: Int) -> Range<Int> { entries(of: bucket, from: start(near: bucket)) }

  /// The bit from which on a bucket is looked for.
  @inline(__always)
  func start(near bucket: Int) -> Int { jump(bucket / Self.stride) }

  /// Some number out of the memory in which that bit is.
  @inline(__always)
  func touch(_ bit: Int) -> Int { Int(truncatingIfNeeded: word(bit >> 6)) }

  /// - Parameter start: what ``start(near:)`` says of it.
  @inline(__always)
  func entries(of bucket: Int, from start: Int) -> Range<Int> {
    var bit = start
    var gapsBefore = bucket % Self.stride
    while gapsBefore > 0 {
      var gaps = ~word(bit >> 6) >> UInt64(bit & 63)
      let count = gaps.nonzeroBitCount
      if count < gapsBefore {
        gapsBefore -= count
        bit = (bit | 63) + 1
      } else {
        for _ in 1..<gapsBefore { gaps &= gaps &- 1 }
        bit += gaps.trailingZeroBitCount + 1
        gapsBefore = 0
      }
    }
    let first = bit - bucket
    return first..<(end(from: bit) - bucket)
  }

  /// The first bit from there on that is not set.
  @inline(__always)
  private func end(from start: Int) -> Int {
    var bit = start
    while true {
      let gaps = ~word(bit >> 6) >> UInt64(bit & 63)
      if gaps != 0 { return bit + gaps.trailingZeroBitCount }
      bit = (bit | 63) + 1
    }
  }

  /// Gives each bucket that has entries, and those.
  func forEachBucket(_ body: (_ bucket: Int, _ entries: Range<Int>) -> Void) {
    var first = 0
    for bucket in 0..<buckets {
      let end = end(from: first + bucket) - bucket
      if end > first { body(bucket, first..<end) }
      first = end
    }
  }

  /// The bytes that tell of entries in which buckets they are.
  ///
  /// - Parameter buckets: of each entry, in order.
  static func bytes(of buckets: [Int], _ bucketBits: Int) -> [UInt8] {
    let (last, jumpCount) = (1 << bucketBits, jumpCount(bucketBits))
    var jumps: [UInt32] = []
    var words = [UInt64](repeating: 0, count: wordCount(buckets.count, bucketBits))
    jumps.reserveCapacity(jumpCount)
    var bucket = 0
    func begin(_ next: Int, _ entries: Int) {
      while bucket < next {
        bucket += 1
        if bucket % stride == 0 { jumps.append(UInt32(truncatingIfNeeded: entries + bucket)) }
      }
    }
    jumps.append(0)
    for (index, next) in buckets.enumerated() {
      begin(next, index)
      words[(index + bucket) >> 6] |= 1 << UInt64((index + bucket) & 63)
    }
    begin(last, buckets.count)
    return jumps.flatMap { jump in (0..<4).map { UInt8(truncatingIfNeeded: jump >> UInt32(8 * $0)) } }
      + words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
  }
}
