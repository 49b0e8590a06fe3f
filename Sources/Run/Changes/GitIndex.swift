internal import Ledger

/// What git's index says of a repository's files, without when it last looked at them: `git status` writes the latter
/// anew where nothing has changed.
///
/// The bytes may be anybody's. Versions 2 to 4, of SHA-1 and SHA-256 repositories; extensions are passed over, but one
/// without which git itself would not read the file makes it unread.
///
/// - Source: gitformat-index(5).
struct GitIndex: Equatable {
  /// The SHA-256 of all entries' modes, object names, flags and paths.
  let digest: String

  /// Whether a file of this path may be an index. Submodules and worktrees have theirs within the same `.git`.
  static func isPlace(_ path: TreePath) -> Bool {
    path.name.elementsEqual("index".utf8) && path.parts.contains { $0.elementsEqual(".git".utf8) }
  }

  /// - Returns: `nil` for what is no such index.
  init?(_ bytes: [UInt8]) {
    // Of which kind the object names are, only the repository's configuration says.
    for names in [20, 32] {
      var reader = GitIndexReader(bytes, objectNameBytes: names)
      guard reader.readAll() else { continue }
      digest = reader.digest
      return
    }
    return nil
  }
}

/// Reads one index from its beginning to its end.
private struct GitIndexReader {
  private let bytes: [UInt8]
  private let nameBytes: Int
  /// Where the checksum at the end begins.
  private let end: Int
  private var position = 0
  private var path: [UInt8] = []
  private var unpackedBytes = 0
  private var hash = ContentDigest()
  /// Of the hash's input: an entry's parts are too short to be hashed one by one.
  private var unhashed: [UInt8] = []

  /// Two times and six numbers of stat(2) that are passed over, and the mode among them.
  private static let statBytes = 40
  private static let modeOffset = 24
  private static let stageAndAssumeValid: UInt16 = 0xb000
  private static let isExtended: UInt16 = 0x4000
  private static let longestPath = 4096
  private static let unpackedLimit = 4 * RunLimits.gitIndexBytes
  private static let pieceBytes = 1 << 16

  init(_ bytes: [UInt8], objectNameBytes: Int) {
    self.bytes = bytes
    nameBytes = objectNameBytes
    end = bytes.count - objectNameBytes
  }

  var digest: String {
    var hash = hash
    hash.add(unhashed[...])
    return hash.text
  }

  mutating func readAll() -> Bool {
    guard end >= 12, bytes.starts(with: "DIRC".utf8) else { return false }
    position = 4
    let (version, count) = (number32(), number32())
    guard (2...4).contains(version) else { return false }
    unhashed = [UInt8(nameBytes)]
    for _ in 0..<count {
      guard takeEntry(version) else { return false }
    }
    return passExtensions()
  }

  private mutating func takeEntry(_ version: UInt32) -> Bool {
    let start = position
    guard end - start >= Self.statBytes + nameBytes + 2 else { return false }
    let mode = bytes[(start + Self.modeOffset)..<(start + Self.modeOffset + 4)]
    let object = bytes[(start + Self.statBytes)..<(start + Self.statBytes + nameBytes)]
    position += Self.statBytes + nameBytes
    let flags = number16()
    var more: UInt16 = 0
    if flags & Self.isExtended != 0 {
      guard version > 2, end - position >= 2 else { return false }
      more = number16()
    }
    guard version == 4 ? takeSuffix() : takePath(since: start) else { return false }
    unhashed += mode
    unhashed += object
    for word in [flags & Self.stageAndAssumeValid, more] { unhashed += [UInt8(word >> 8), UInt8(word & 0xff)] }
    unhashed += path
    unhashed.append(0)
    if unhashed.count >= Self.pieceBytes {
      hash.add(unhashed[...])
      unhashed.removeAll(keepingCapacity: true)
    }
    return true
  }

  /// A path and its end, with as many zeros as make the entry's length a multiple of eight.
  private mutating func takePath(since start: Int) -> Bool {
    guard let stop = bytes[position..<end].firstIndex(of: 0) else { return false }
    path = Array(bytes[position..<stop])
    position = start + (stop - start + 8) / 8 * 8
    return position <= end
  }

  /// How much of the path before is dropped, and what comes instead.
  private mutating func takeSuffix() -> Bool {
    guard let dropped = offset(), dropped <= path.count, let stop = bytes[position..<end].firstIndex(of: 0)
    else { return false }
    path.removeLast(dropped)
    path += bytes[position..<stop]
    position = stop + 1
    // A few bytes could stand for a long path, each time.
    unpackedBytes += path.count
    return path.count <= Self.longestPath && unpackedBytes <= Self.unpackedLimit
  }

  /// As in a pack's `OFS_DELTA`; of one that is longer than any path only that it is.
  private mutating func offset() -> Int? {
    var value = 0
    while position < end, value <= Self.longestPath {
      let byte = bytes[position]
      position += 1
      value |= Int(byte & 0x7f)
      if byte & 0x80 == 0 { return value }
      value = (value + 1) << 7
    }
    return nil
  }

  private mutating func passExtensions() -> Bool {
    while end - position >= 8 {
      let isOptional = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[position])
      position += 4
      let length = Int(number32())
      guard isOptional, length <= end - position else { return false }
      position += length
    }
    return position == end
  }

  private mutating func number32() -> UInt32 { UInt32(number16()) << 16 | UInt32(number16()) }

  private mutating func number16() -> UInt16 {
    defer { position += 2 }
    return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
  }
}
