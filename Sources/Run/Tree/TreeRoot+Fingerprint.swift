internal import Confinement
internal import Glibc
internal import Ledger

extension TreeRoot {
  /// What a name stands for, as a text that is equal for equal things: kind, permissions, and the SHA-256 of a file's
  /// blocks or a link's text; of git's index only what it says of the repository's files.
  func fingerprint(_ path: TreePath) -> String {
    guard let status = status(path) else { return "missing" }
    let mode = String(status.permissions & 0o777, radix: 8)
    switch status.kind {
    case .file: return indexFingerprint(path) ?? "file \(mode) \(contentHash(path, status.bytes) ?? "unreadable")"
    case .link: return "link \(digest(of: linkText(path) ?? []))"
    case .directory: return "directory"
    case .whiteout, .other: return "other"
    }
  }

  /// Of what is one of git's indexes; `nil` for anything else.
  func indexFingerprint(_ path: TreePath) -> String? {
    guard GitIndex.isPlace(path), let bytes = bytes(path, limit: RunLimits.gitIndexBytes) else { return nil }
    return GitIndex(bytes).map { "index \($0.digest)" }
  }

  /// Of the blocks that are not empty with their places, and the length: a hole and zeros are the same.
  private func contentHash(_ path: TreePath, _ length: Int64) -> String? {
    let file = openFile(path)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var hash = ContentDigest()
    var blocks = FileBlocks(file)
    while let (offset, bytes) = blocks.next() {
      hash.add(Self.bytes(of: Int64(offset)))
      hash.add(bytes)
    }
    hash.add(Self.bytes(of: length))
    return blocks.failure == 0 ? hash.text : nil
  }

  private static func bytes(of number: Int64) -> ArraySlice<UInt8> {
    withUnsafeBytes(of: number.bigEndian) { Array($0)[...] }
  }

  private func digest(of bytes: [UInt8]) -> String {
    var hash = ContentDigest()
    hash.add(bytes[...])
    return hash.text
  }
}
