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

  /// - Parameter leftOut: indexes of code that is at home where somebody looks.
  package init(_ indexes: [FingerprintIndex], leavingOut leftOut: [FingerprintIndex] = [], key: FingerprintKey) {
    self.key = key
    self.indexes = indexes
    self.leftOut = leftOut
    tables = GramKind.allCases.map { kind in indexes.map { $0.table(kind) } }
    filters = tables.map { HashFilter($0) }
  }

  /// Whether there is nothing to find.
  package var isEmpty: Bool { indexes.allSatisfy { index in GramKind.allCases.allSatisfy { index.count($0) == 0 } } }

  /// A file of one of the indexes.
  struct FileNumber: Hashable {
    let index: Int32
    let file: UInt32
  }

  /// Gives the candidates of a block that are in files, each with one of them, and its place there.
  @inline(__always)
  func forEachHit(
    _ kind: GramKind, _ block: GramBlock, _ kept: UnsafeMutablePointer<Int32>,
    _ body: (_ candidate: Int, _ file: FileNumber, _ place: UInt8) -> Void
  ) {
    let count = filters[Int(kind.rawValue)].sift(block, into: kept)
    let tables = tables[Int(kind.rawValue)]
    for position in 0..<count {
      let candidate = Int(kept[position])
      guard leftOut.isEmpty || !isLeftOut(block.hashes[candidate], kind) else { continue }
      for number in tables.indices {
        tables[number].forEachSpot(of: block.hashes[candidate]) { spot in
          guard spot.file < UInt32(indexes[number].fileCount) else { return }
          body(candidate, FileNumber(index: Int32(truncatingIfNeeded: number), file: spot.file), spot.place)
        }
      }
    }
  }

  private func isLeftOut(_ hash: UInt32, _ kind: GramKind) -> Bool {
    leftOut.contains { index in
      var isThere = false
      index.table(kind).forEachSpot(of: hash) { _ in isThere = true }
      return isThere
    }
  }

  /// What tells one file from others in findings: a keyed hash of its path, 32 hexadecimal digits.
  func fingerprint(of file: FileNumber, _ kind: GramKind) -> String {
    let path = indexes[Int(file.index)].file(Int(file.file)).path
    var bytes = [kind.rawValue]
    for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: path >> UInt64(8 * index))) }
    let digits = Array("0123456789abcdef".utf8)
    let code = key.names.withValue { HMAC<SHA256>.authenticationCode(for: bytes, using: $0) }
    return String(decoding: code.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
