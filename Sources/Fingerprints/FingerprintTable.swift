/// Fingerprints of one kind, and where each stands, as they lie in an index.
///
/// In order of their values. The first bits are the number of a bucket; ``BucketMarks`` tells where each begins; and of each
/// fingerprint there are the other bits, the number of its file and its place there, side by side in as many bits as they
/// take. One in more than ``FingerprintLimits/filesOfOne`` files has ``common`` for a number. All numbers are
/// little-endian.
struct FingerprintTable: @unchecked Sendable {
  // Sound: the memory is only read; whoever has a table holds the index that it lies in.
  let count: Int
  private let shape: Shape
  private let marks: BucketMarks
  private let entries: UnsafeRawPointer

  /// Stands for too many files to tell.
  static let common = UInt32.max

  /// Bytes that may be read behind the last value.
  private static let margin = 8
  private static let headBytes = 16

  /// How many bits each number has.
  private struct Shape {
    let bucketBits: Int
    let fileBits: Int
    /// 0 where places do not matter.
    let placeBits: Int

    private static let bucketBits = 6...22
    private static let fileBits = 1...24

    /// - Returns: `nil` for what no table has.
    init?(bucketBits: Int, fileBits: Int, placeBits: Int) {
      guard Self.bucketBits.contains(bucketBits), Self.fileBits.contains(fileBits),
        placeBits == 0 || placeBits == FingerprintLimits.placeBits
      else { return nil }
      (self.bucketBits, self.fileBits, self.placeBits) = (bucketBits, fileBits, placeBits)
    }

    /// One or two fingerprints in each bucket, so that they take the fewest bits.
    init(_ kind: GramKind, count: Int, files: Int) {
      bucketBits = min(max(Int.bitWidth - 1 - max(1, count).leadingZeroBitCount, 6), 22)
      // The last number that fits stands for many files.
      fileBits = Self.fileBits.first { files < (1 << $0) - 1 } ?? 24
      placeBits = kind == .tokens ? FingerprintLimits.placeBits : 0
    }

    var restBits: Int { FingerprintLimits.hashBits - bucketBits }
    /// 54 at most: with the seven before it in its first byte, these are read at once.
    var width: Int { restBits + fileBits + placeBits }

    func entryBytes(_ count: Int) -> Int { (count * width + 7) / 8 + FingerprintTable.margin }
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
    guard count <= FingerprintLimits.fingerprints,
      let shape = Shape(
        bucketBits: Int(bytes[offset + 4]), fileBits: Int(bytes[offset + 5]), placeBits: Int(bytes[offset + 6]))
    else { return nil }
    let markBytes = BucketMarks.bytes(count, shape.bucketBits)
    guard bytes.count - offset - Self.headBytes >= markBytes + shape.entryBytes(count),
      let marks = BucketMarks(base + offset + Self.headBytes, count, shape.bucketBits)
    else { return nil }
    self.count = count
    self.shape = shape
    self.marks = marks
    entries = base + offset + Self.headBytes + markBytes
    offset += Self.headBytes + markBytes + shape.entryBytes(count)
  }

  /// The bits of one: its place lowest, then its file, then the rest of its fingerprint.
  @inline(__always)
  private func bits(_ index: Int) -> UInt64 {
    let bit = index &* shape.width
    let word = entries.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self).littleEndian
    return (word >> UInt64(bit & 7)) & ((1 << UInt64(shape.width)) - 1)
  }

  @inline(__always)
  private func spot(_ bits: UInt64) -> FingerprintSpot {
    let mask = (1 << UInt64(shape.fileBits)) - 1 as UInt64
    let file = bits >> UInt64(shape.placeBits) & mask
    return FingerprintSpot(
      file: file == mask ? Self.common : UInt32(truncatingIfNeeded: file),
      place: UInt8(truncatingIfNeeded: bits & ((1 << UInt64(shape.placeBits)) - 1)))
  }

  @inline(__always)
  private func rest(_ bits: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: bits >> UInt64(shape.fileBits + shape.placeBits))
  }

  /// The entries of a fingerprint.
  @inline(__always)
  func entries(of hash: UInt32) -> Range<Int> {
    entries(of: hash, within: marks.entries(of: Int(hash >> UInt32(shape.restBits))))
  }

  /// Finds the entries of many fingerprints, of those with the numbers that are kept.
  func find(
    _ kept: UnsafePointer<Int32>, _ count: Int, of hashes: UnsafePointer<UInt32>, _ lookups: TableLookups
  ) {
    let (first, end, shift) = (lookups.first, lookups.end, UInt32(shape.restBits))
    for index in 0..<count { first[index] = marks.start(near: Int(hashes[Int(kept[index])] >> shift)) }
    // What is read here is only waited for.
    for index in 0..<count { end[index] = marks.touch(first[index]) }
    for index in 0..<count {
      let entries = marks.entries(of: Int(hashes[Int(kept[index])] >> shift), from: first[index])
      (first[index], end[index]) = (entries.lowerBound, entries.upperBound)
    }
    var touched: UInt64 = 0
    for index in 0..<count { touched ^= bits(first[index]) }
    lookups.touched = touched
    for index in 0..<count {
      let found = entries(of: hashes[Int(kept[index])], within: lookups.entries(index))
      (first[index], end[index]) = (found.lowerBound, found.upperBound)
    }
  }

  @inline(__always)
  private func entries(of hash: UInt32, within entries: Range<Int>) -> Range<Int> {
    let wanted = hash & ((1 << UInt32(shape.restBits)) - 1)
    var first = entries.lowerBound
    while first < entries.upperBound, rest(bits(first)) < wanted { first += 1 }
    var end = first
    while end < entries.upperBound, rest(bits(end)) == wanted { end += 1 }
    return first..<end
  }

  /// Where the fingerprint of an entry stands; its file may be ``common``.
  @inline(__always)
  func spot(_ index: Int) -> FingerprintSpot { spot(bits(index)) }

  /// Gives every fingerprint and where it stands, in order.
  func forEach(_ body: (FingerprintEntry) -> Void) {
    marks.forEachBucket { bucket, indexes in
      for index in indexes {
        let bits = bits(index)
        body(FingerprintEntry(UInt32(truncatingIfNeeded: bucket) << UInt32(shape.restBits) | rest(bits), spot(bits)))
      }
    }
  }
}

// MARK: - Writing

extension FingerprintTable {
  /// How many bytes ``bytes(_:of:fileCount:)`` makes of so many fingerprints.
  static func byteCount(_ kind: GramKind, _ count: Int, fileCount: Int) -> Int {
    let shape = Shape(kind, count: count, files: fileCount)
    return headBytes + BucketMarks.bytes(count, shape.bucketBits) + shape.entryBytes(count)
  }

  /// The bytes of a table.
  ///
  /// - Parameters:
  ///   - entries: in order, none twice.
  ///   - fileCount: more than any number of a file.
  static func bytes(_ kind: GramKind, of entries: [FingerprintEntry], fileCount: Int) -> [UInt8] {
    let shape = Shape(kind, count: entries.count, files: fileCount)
    var bytes = [UInt8](repeating: 0, count: headBytes)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: entries.count >> (8 * index)) }
    (bytes[4], bytes[5], bytes[6]) = (UInt8(shape.bucketBits), UInt8(shape.fileBits), UInt8(shape.placeBits))
    bytes += BucketMarks.bytes(of: entries.map { Int($0.hash >> UInt32(shape.restBits)) }, shape.bucketBits)
    bytes.reserveCapacity(bytes.count + shape.entryBytes(entries.count))
    // Bits that wait for a whole byte.
    var (waiting, count): (UInt64, UInt64) = (0, 0)
    for entry in entries {
      waiting |= Self.bits(of: entry, shape) << count
      count += UInt64(shape.width)
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: waiting))
        (waiting, count) = (waiting >> 8, count - 8)
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: waiting)) }
    return bytes + [UInt8](repeating: 0, count: margin)
  }

  private static func bits(of entry: FingerprintEntry, _ shape: Shape) -> UInt64 {
    let rest = UInt64(entry.hash & ((1 << UInt32(shape.restBits)) - 1))
    let file = UInt64(entry.file) & ((1 << UInt64(shape.fileBits)) - 1)
    let place = UInt64(entry.place) & ((1 << UInt64(shape.placeBits)) - 1)
    return (rest << UInt64(shape.fileBits) | file) << UInt64(shape.placeBits) | place
  }
}
