internal import Crypto
internal import Evidence
internal import Glibc

/// The values of one table, as numbers that only the key makes of them.
///
/// On the disk: `SPTABLE2`, the length of the head and the number of entries, the head as JSON, the filter, the numbers,
/// their rows, and HMAC-SHA-256 of all of it.
package struct TableIndex: Sendable {
  package let table: IndexedTable
  private let hashes: [UInt64]
  private let rows: [UInt32]
  let filter: ValueFilter

  private static let magic = Array("SPTABLE2".utf8)
  private static let sealBytes = 32
  private static let headBytes = 1 << 20

  init(_ table: IndexedTable, _ entries: [TableEntry], _ filter: ValueFilter) {
    self.table = table
    self.filter = filter
    hashes = entries.map(\.hash)
    rows = entries.map(\.row)
  }

  /// The rows in which a value stands, each with ``TableEntry/telling``.
  func rows(of stored: UInt64) -> ArraySlice<UInt32> {
    var (low, high) = (0, hashes.count)
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < stored { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < hashes.count, hashes[end] == stored { end += 1 }
    return rows[low..<end]
  }
}

extension TableIndex {
  /// Sealed with the installation's key.
  func bytes(_ key: TableKey) -> [UInt8] {
    // Texts and whole numbers: JSON holds them all.
    let head = (try? CanonicalJSON.encode(table.stored)) ?? []
    var bytes = Self.magic
    Self.append([UInt32(head.count), UInt32(hashes.count)], to: &bytes)
    bytes += head
    Self.append(filter.bits, to: &bytes)
    Self.append(hashes, to: &bytes)
    Self.append(rows, to: &bytes)
    let seal = key.seal.withValue { HMAC<SHA256>.authenticationCode(for: bytes, using: $0) }
    return bytes + Array(seal)
  }

  private static func append<Number: FixedWidthInteger>(_ numbers: [Number], to bytes: inout [UInt8]) {
    numbers.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// - Throws: ``TableError`` with `.missing` where there is no file, `.damaged` where it is none that this installation
  ///   made, as it made it.
  static func open(_ path: String, key: TableKey) throws(TableError) -> TableIndex {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .missing(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .missing(path, errno) }
    let size = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG, (magic.count + 8 + sealBytes..<1 << 30).contains(size) else {
      throw .damaged(path)
    }
    // Files here are replaced and never changed.
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .missing(path, errno)
    }
    defer { munmap(address, size) }
    let memory = UnsafeRawBufferPointer(start: address, count: size)
    let body = UnsafeRawBufferPointer(rebasing: memory.dropLast(sealBytes))
    let seal = UnsafeRawBufferPointer(rebasing: memory.suffix(sealBytes))
    let isSealed = key.seal.withValue { HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: body, using: $0) }
    guard isSealed, let index = TableIndex(body) else { throw .damaged(path) }
    return index
  }

  private init?(_ body: UnsafeRawBufferPointer) {
    var rest = body[...]
    func take<Number: FixedWidthInteger>(_ count: Int, _: Number.Type) -> [Number]? {
      let length = count * MemoryLayout<Number>.size
      guard count >= 0, length <= rest.count else { return nil }
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(length))
      rest = rest.dropFirst(length)
      return (0..<count).map {
        Number(littleEndian: part.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self))
      }
    }
    guard take(Self.magic.count, UInt8.self) == Self.magic, let counts = take(2, UInt32.self),
      counts[0] <= Self.headBytes, counts[1] <= 3 * TableLimits.values,
      let head = take(Int(counts[0]), UInt8.self), let value = try? JSONParser.parse(head),
      let table = IndexedTable(stored: value)
    else { return nil }
    let words = ValueFilter(of: table.values).bits.count
    guard let bits = take(words, UInt64.self), let filter = ValueFilter(of: table.values, bits: bits),
      let hashes = take(Int(counts[1]), UInt64.self), let rows = take(Int(counts[1]), UInt32.self), rest.isEmpty
    else { return nil }
    (self.table, self.filter, self.hashes, self.rows) = (table, filter, hashes, rows)
  }
}
