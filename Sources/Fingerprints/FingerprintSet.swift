internal import Crypto
internal import Evidence

/// Indexes of an installation, ready to look. Any thread may look, any number at a time.
package final class FingerprintSet: Sendable {
  let key: FingerprintKey
  package let indexes: [FingerprintIndex]
  /// What these have, too, is not looked for.
  private let leftOut: [FingerprintIndex]
  private let filters: [HashFilter]
  /// By kind, one of each index.
  private let tables: [[FingerprintTable]]
  private let fileCounts: [UInt32]

  /// - Parameter leftOut: indexes of code that is at home where somebody looks.
  package init(_ indexes: [FingerprintIndex], leavingOut leftOut: [FingerprintIndex] = [], key: FingerprintKey) {
    self.key = key
    self.indexes = indexes
    self.leftOut = leftOut
    let tables = GramKind.allCases.map { kind in indexes.map { $0.table(kind) } }
    self.tables = tables
    fileCounts = indexes.map { UInt32(truncatingIfNeeded: $0.fileCount) }
    filters = GramKind.allCases.map { kind in
      HashFilter(tables[Int(kind.rawValue)], keepsCommon: Self.tellsCommon(kind))
    }
  }

  /// Whether there is nothing to find.
  package var isEmpty: Bool { indexes.allSatisfy { index in GramKind.allCases.allSatisfy { index.count($0) == 0 } } }

  /// A file of one of the indexes.
  struct FileNumber: Hashable {
    let index: Int32
    let file: UInt32

    /// Whether it stands for all files that have what many have.
    var isCommon: Bool { file == FingerprintTable.common }

    /// One number for it and a distance; never 0.
    @inline(__always)
    func key(at shift: UInt8) -> UInt64 {
      1 << 63 | (UInt64(truncatingIfNeeded: index) & 0x7f_ffff) << 40 | UInt64(file) << 8 | UInt64(shift)
    }
  }

  /// A candidate that is in a file, and its place there.
  struct Match {
    let candidate: Int32
    let file: FileNumber
    let place: UInt8
  }

  /// Finds the candidates of a block that are in files: each once for each of them and place there, in their order.
  func findMatches(_ kind: GramKind, in memory: ScanMemory) {
    let block = memory.block
    let count = filters[Int(kind.rawValue)].sift(block, into: memory.kept)
    var matches = memory.matches
    memory.matches = []
    matches.removeAll(keepingCapacity: true)
    defer { memory.matches = matches }
    guard count > 0 else { return }
    let (tables, tellsCommon) = (tables[Int(kind.rawValue)], Self.tellsCommon(kind))
    for number in tables.indices {
      let table = tables[number]
      table.find(memory.kept, count, of: block.hashes, memory.lookups)
      for position in 0..<count {
        let candidate = memory.kept[position]
        let entries = memory.lookups.entries(position)
        guard !entries.isEmpty, leftOut.isEmpty || !isLeftOut(block.hashes[Int(candidate)], kind) else { continue }
        for entry in entries {
          let spot = table.spot(entry)
          guard spot.file < fileCounts[number] || tellsCommon && spot.file == FingerprintTable.common else { continue }
          let file = FileNumber(index: Int32(truncatingIfNeeded: number), file: spot.file)
          matches.append(Match(candidate: candidate, file: file, place: spot.place))
        }
      }
    }
    // Those of several indexes are told in the order of the text.
    if tables.count > 1 { matches.sort { $0.candidate < $1.candidate } }
  }

  /// Whether what stands in many files of a root is told, as if these were one: of tokens that is how everybody builds code.
  private static func tellsCommon(_ kind: GramKind) -> Bool { kind == .characters }

  /// Of files below the roots, by their paths there, those that are in an index.
  package func indexed(_ paths: [String]) -> Set<String> {
    let known = Set(indexes.flatMap { index in (0..<index.fileCount).map { index.file($0).path } })
    return Set(paths.filter { known.contains(key.number(of: Array($0.utf8))) })
  }

  private func isLeftOut(_ hash: UInt32, _ kind: GramKind) -> Bool {
    leftOut.contains { !$0.table(kind).entries(of: hash).isEmpty }
  }

  /// What tells one file from others in findings: a keyed hash of its path, 32 hexadecimal digits.
  func fingerprint(of file: FileNumber, _ kind: GramKind) -> String {
    let path = file.isCommon ? UInt64.max : indexes[Int(file.index)].file(Int(file.file)).path
    var bytes = [kind.rawValue]
    for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: path >> UInt64(8 * index))) }
    let digits = Array("0123456789abcdef".utf8)
    let code = key.names.withValue { HMAC<SHA256>.authenticationCode(for: bytes, using: $0) }
    return String(decoding: code.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
