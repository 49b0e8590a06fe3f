internal import Evidence

/// What a commit says of itself, without its head: who made it and of what (git-commit(1), gitformat-signature(5)).
struct CommitMessage {
  let bytes: [UInt8]

  /// - Parameter object: as `git cat-file` has it: fields, an empty line, and the message.
  init(ofCommit object: [UInt8]) {
    let lineEnd = UInt8(ascii: "\n")
    let head = object.indices.dropLast().first { object[$0] == lineEnd && object[$0 + 1] == lineEnd }
    bytes = head.map { Array(object[($0 + 2)...]) } ?? object
  }

  /// Bytes of a line before an address.
  private static let longestTrailer = 256

  /// Whether it is somebody's address by which a change is signed off or reviewed: those who made it are no finding.
  ///
  /// - Parameter finding: in ``bytes``.
  func isInTrailer(_ finding: Finding) -> Bool {
    guard finding.detector == "email-address", finding.table == nil, finding.span.start <= bytes.count else {
      return false
    }
    let line = bytes[..<finding.span.start].suffix(Self.longestTrailer).reversed().prefix { $0 != UInt8(ascii: "\n") }
    let name = line.reversed().prefix { $0 != UInt8(ascii: ":") }
    let isToken = name.allSatisfy { $0 == UInt8(ascii: "-") || $0 | 0x20 &- 0x61 < 26 }
    return isToken && name.count < line.count && String(decoding: name, as: UTF8.self).lowercased().hasSuffix("-by")
  }
}
