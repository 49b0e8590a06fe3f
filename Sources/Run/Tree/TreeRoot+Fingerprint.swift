internal import Confinement
internal import Glibc
internal import Ledger

extension TreeRoot {
  /// What a name stands for, as a text that is equal for equal things: kind, permissions, and the SHA-256 of a file's
  /// content or a link's text.
  func fingerprint(_ path: TreePath) -> String {
    guard let status = status(path) else { return "missing" }
    let mode = String(status.permissions & 0o777, radix: 8)
    switch status.kind {
    case .file: return "file \(mode) \(contentHash(path) ?? "unreadable")"
    case .link: return "link \(digest(of: linkText(path) ?? []))"
    case .directory: return "directory"
    case .whiteout, .other: return "other"
    }
  }

  private func contentHash(_ path: TreePath) -> String? {
    let file = openFile(path)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var hash = ContentDigest()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return hash.text }
      hash.add(chunk[..<count])
    }
  }

  private func digest(of bytes: [UInt8]) -> String {
    var hash = ContentDigest()
    hash.add(bytes[...])
    return hash.text
  }
}
