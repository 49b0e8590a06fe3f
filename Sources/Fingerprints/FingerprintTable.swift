/// Fingerprints of one kind, and which files each is in, as they lie in an index.
///
/// In order of their values. The first bits are the number of a bucket; of each bucket it is known where it begins; and of
/// each fingerprint there are the other bits, in halves of bytes, and the number of its file. One in more than
/// ``FingerprintLimits/filesOfOne`` files has ``common`` for a number. All numbers are little-endian.
struct FingerprintTable {
  let count: Int
  /// 16, or 8 where there are few.
  private let bucketBits: Int
  /// 1 to 4.
  private let fileBytes: Int
  private let starts: UnsafePointer<UInt8>
  private let rests: UnsafePointer<UInt8>
  private let files: UnsafePointer<UInt8>

  /// Stands for too many files to tell.
  static let common = UInt32.max

  /// Bytes that may be read behind the last value.
  private static let margin = 8
  private static let headBytes = 16
  private static let manyFingerprints = 1 << 16

  private static func restHalves(_ bucketBits: Int) -> Int { (FingerprintLimits.hashBits - bucketBits) / 4 }

  /// Bytes of each part.
  private struct Layout {
    let starts: Int
    let rests: Int
    let files: Int

    init(_ count: Int, _ bucketBits: Int, _ fileBytes: Int) {
      starts = 4 * ((1 << bucketBits) + 1)
      rests = (count * FingerprintTable.restHalves(bucketBits) + 1) / 2 + FingerprintTable.margin
      files = count * fileBytes + FingerprintTable.margin
    }

    var total: Int { FingerprintTable.headBytes + starts + rests + files }
  }
}

// MARK: - Reading

extension FingerprintTable {
  /// Reads the table that begins at the offset.
  ///
  /// - Parameter offset: is moved behind it.
  /// - Returns: `nil` where the bytes are no table, whatever they are: then nothing outside of them is ever read.
  init?(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) {
    guard let base = bytes.baseAddress, offset >= 0, bytes.count - offset >= Self.headBytes else { return nil }
    let count = Int(base.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
    let bucketBits = Int(bytes[offset + 4])
    let fileBytes = Int(bytes[offset + 5])
    guard bucketBits == 8 || bucketBits == 16, (1...4).contains(fileBytes), count <= FingerprintLimits.fingerprints
    else { return nil }
    let layout = Layout(count, bucketBits, fileBytes)
    guard bytes.count - offset >= layout.total else { return nil }
    let body = base.assumingMemoryBound(to: UInt8.self) + offset + Self.headBytes
    self.count = count
    self.bucketBits = bucketBits
    self.fileBytes = fileBytes
    starts = body
    rests = body + layout.starts
    files = body + layout.starts + layout.rests
    offset += layout.total
    guard hasOrderedStarts else { return nil }
  }

  private var hasOrderedStarts: Bool {
    var last = 0
    for bucket in 0...(1 << bucketBits) {
      let start = self.start(bucket)
      guard start >= last, start <= count else { return false }
      last = start
    }
    return start(0) == 0 && last == count
  }

  @inline(__always)
  private func start(_ bucket: Int) -> Int {
    Int(UnsafeRawPointer(starts).loadUnaligned(fromByteOffset: 4 * bucket, as: UInt32.self).littleEndian)
  }

  /// The bits of a fingerprint that are not its bucket's number.
  @inline(__always)
  private func rest(_ index: Int) -> UInt32 {
    let half = index * Self.restHalves(bucketBits)
    let word = UnsafeRawPointer(rests).loadUnaligned(fromByteOffset: half >> 1, as: UInt32.self).littleEndian
    return (word >> (half & 1 == 0 ? 0 : 4)) & ((1 << UInt32(FingerprintLimits.hashBits - bucketBits)) - 1)
  }

  @inline(__always)
  private func file(_ index: Int) -> UInt32 {
    let word = UnsafeRawPointer(files).loadUnaligned(fromByteOffset: index * fileBytes, as: UInt32.self).littleEndian
    let mask = UInt32.max >> UInt32(32 - 8 * fileBytes)
    return word & mask == mask ? Self.common : word & mask
  }

  /// Gives the files that a fingerprint is in, or ``common``.
  @inline(__always)
  func forEachFile(of hash: UInt32, _ body: (UInt32) -> Void) {
    let restBits = UInt32(FingerprintLimits.hashBits - bucketBits)
    let bucket = Int(hash >> restBits)
    let wanted = hash & ((1 << restBits) - 1)
    var (low, end) = (start(bucket), start(bucket + 1))
    let bucketEnd = end
    while low < end {
      let middle = (low + end) / 2
      if rest(middle) < wanted { low = middle + 1 } else { end = middle }
    }
    while low < bucketEnd, rest(low) == wanted {
      body(file(low))
      low += 1
    }
  }

  /// Gives every fingerprint and its file, in order.
  func forEach(_ body: (FingerprintEntry) -> Void) {
    let restBits = UInt32(FingerprintLimits.hashBits - bucketBits)
    for bucket in 0..<(1 << bucketBits) {
      for index in start(bucket)..<start(bucket + 1) {
        body(FingerprintEntry(UInt32(bucket) << restBits | rest(index), in: file(index)))
      }
    }
  }
}

// MARK: - Writing

extension FingerprintTable {
  /// The bytes of a table.
  ///
  /// - Parameters:
  ///   - entries: in order, none twice.
  ///   - fileCount: more than any number of a file.
  static func bytes(of entries: [FingerprintEntry], fileCount: Int) -> [UInt8] {
    let bucketBits = entries.count < manyFingerprints ? 8 : 16
    // The last number that fits stands for many files.
    let fileBytes = (1...4).first { fileCount < (1 << (8 * $0)) - 1 } ?? 4
    let layout = Layout(entries.count, bucketBits, fileBytes)
    var bytes = [UInt8](repeating: 0, count: layout.total)
    put(UInt32(entries.count), 4, at: 0, in: &bytes)
    (bytes[4], bytes[5]) = (UInt8(bucketBits), UInt8(fileBytes))
    let restBits = FingerprintLimits.hashBits - bucketBits
    let halves = restHalves(bucketBits)
    let (starts, rests) = (headBytes, headBytes + layout.starts)
    let files = rests + layout.rests
    var bucket = 0
    for (index, entry) in entries.enumerated() {
      while bucket < Int(entry.hash >> UInt32(restBits)) {
        bucket += 1
        put(UInt32(index), 4, at: starts + 4 * bucket, in: &bytes)
      }
      let rest = entry.hash & ((1 << UInt32(restBits)) - 1)
      for half in 0..<halves {
        let place = index * halves + half
        bytes[rests + place / 2] |= UInt8(rest >> UInt32(4 * half) & 15) << UInt8(4 * (place & 1))
      }
      put(entry.file, fileBytes, at: files + index * fileBytes, in: &bytes)
    }
    while bucket < 1 << bucketBits {
      bucket += 1
      put(UInt32(entries.count), 4, at: starts + 4 * bucket, in: &bytes)
    }
    return bytes
  }

  private static func put(_ number: UInt32, _ count: Int, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index)) }
  }
}
