internal import Glibc

/// A file's content in order, without what is nothing but zeros: a file of a tebibyte may be one hole.
///
/// Which blocks there are is decided by the content alone, not by how it lies on the disk.
struct FileBlocks {
  /// Why reading ended before the file did; 0 where it did not.
  private(set) var failure: CInt = 0
  private let file: CInt
  private var offset: Int = 0
  private var chunk = [UInt8](repeating: 0, count: FileBlocks.size)

  /// Bytes of a block, which begins at a multiple of it.
  static let size = 1 << 16
  /// What a hole is a multiple of on nearly all file systems.
  private static let pageBytes = 1 << 12
  /// `SEEK_DATA` of lseek(2), which the module has no name for.
  private static let seekData: CInt = 3
  private static let zeros = [UInt8](repeating: 0, count: size)

  /// - Parameter file: open for reading; it is read from its beginning, wherever its position is.
  init(_ file: CInt) { self.file = file }

  /// The next block that has something else than zeros, and where it begins; the last one may be shorter.
  mutating func next() -> (offset: Int, bytes: ArraySlice<UInt8>)? {
    while skipHole() {
      let start = offset
      let count = fill()
      guard count > 0 else { return nil }
      offset += count
      if !Self.isZero(chunk[..<count]) { return (start, chunk[..<count]) }
    }
    return nil
  }

  /// Writes into an empty file what the rest of this one holds, and leaves out what is zero.
  ///
  /// - Returns: an errno; 0 where all went well.
  mutating func copy(to target: CInt, length: Int) -> CInt {
    while let (offset, bytes) = next() {
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, !Self.isZero(Self.page(of: bytes, at: end)) { end += Self.pageBytes }
        let piece = bytes[start..<min(end, bytes.count)]
        let cause = Self.write(piece, to: target, at: offset + start)
        if cause != 0 { return cause }
        start = max(end, start + Self.pageBytes)
      }
    }
    if failure != 0 { return failure }
    return ftruncate(target, length) == 0 ? 0 : errno
  }

  /// - Returns: whether there may be something after it.
  private mutating func skipHole() -> Bool {
    guard failure == 0 else { return false }
    let data = lseek(file, offset, Self.seekData)
    // What knows no holes is read through.
    if data < 0 { return errno != ENXIO }
    offset = max(offset, data / Self.size * Self.size)
    return true
  }

  private mutating func fill() -> Int {
    var done = 0
    while done < Self.size {
      let (place, left) = (offset + done, Self.size - done)
      let count = chunk.withUnsafeMutableBytes { raw in
        raw.baseAddress.map { pread(file, $0 + done, left, place) } ?? -1
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { failure = errno }
      if count <= 0 { break }
      done += count
    }
    return failure == 0 ? done : 0
  }

  private static func page(of bytes: ArraySlice<UInt8>, at start: Int) -> ArraySlice<UInt8> {
    bytes[start..<min(start + pageBytes, bytes.count)]
  }

  private static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { raw in
      zeros.withUnsafeBytes { zeros in
        guard let left = raw.baseAddress, let right = zeros.baseAddress else { return true }
        return memcmp(left, right, raw.count) == 0
      }
    }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: CInt, at offset: Int) -> CInt {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { pwrite(file, $0 + done, raw.count - done, offset + done) } ?? -1
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno }
      done += count
    }
    return 0
  }
}
