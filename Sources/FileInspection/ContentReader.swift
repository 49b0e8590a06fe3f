internal import Glibc

/// Reads one content from its beginning, as often as is needed, a chunk at a time.
struct ContentReader {
  private let content: FileSource.Content

  /// - Parameter content: not an object of git's: those are read before.
  init(_ content: FileSource.Content) { self.content = content }

  /// - Returns: the error number where reading failed; what came before has been given all the same.
  func read(_ receive: (UnsafeRawBufferPointer) -> Void) -> CInt? {
    switch content {
    case .bytes(let bytes):
      bytes.withUnsafeBytes(receive)
      return nil
    case .file(let path): return Self.read(path, receive)
    case .object: return EINVAL
    }
  }

  private static func read(_ path: [CChar], _ receive: (UnsafeRawBufferPointer) -> Void) -> CInt? {
    // A pipe that took the file's place since it was listed is not waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return errno }
    guard status.st_mode & S_IFMT == S_IFREG else { return EINVAL }
    let size = max(1, min(FileInspectionLimits.chunkBytes, Int(status.st_size) + 1))
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count == 0 ? nil : errno }
        receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }
}
