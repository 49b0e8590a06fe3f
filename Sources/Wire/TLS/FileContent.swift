internal import Glibc

/// Whole small files through descriptors.
enum FileContent {
  /// All bytes from the descriptor's place on; `nil` when reading fails or there are more than `limit`.
  static func bytes(of descriptor: CInt, limit: Int) -> [UInt8]? {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0, content.count + count <= limit else { return nil }
      if count == 0 { return content }
      content += chunk[..<count]
    }
  }

  /// All bytes of the file at `path`; `nil` as above, or when it cannot be opened.
  static func bytes(at path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return bytes(of: descriptor, limit: limit)
  }

  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
