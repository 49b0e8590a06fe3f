internal import Glibc

/// Reads one content from its beginning, as often as is needed, a chunk at a time.
package struct ContentReader {
  private let content: FileSource.Content

  /// - Parameter content: nothing of git's: that is read before.
  package init(_ content: FileSource.Content) { self.content = content }

  /// - Returns: why not all of it was read, where it was not; what came before has been given all the same.
  package func read(_ receive: (UnsafeRawBufferPointer) -> Void) -> String? {
    switch content {
    case .bytes(let bytes):
      bytes.withUnsafeBytes(receive)
      return nil
    case .file(let path): return Self.read(path, receive)
    case .name: return nil
    case .object, .message: return "was not read"
    }
  }

  private static func read(_ path: [CChar], _ receive: (UnsafeRawBufferPointer) -> Void) -> String? {
    // A pipe that took the file's place since it was listed is not waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return sentence(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return sentence(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { return "is no regular file any more" }
    // Some files of the kernel's have no size and bytes all the same. Who writes on while it is read is not followed.
    let expected = status.st_size > 0 ? Int(status.st_size) : Int.max
    var left = expected
    let size = expected == Int.max ? FileInspectionLimits.pageBytes : min(FileInspectionLimits.chunkBytes, expected)
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
      while left > 0 {
        let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, left))
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return sentence(errno) }
        guard count > 0 else {
          // What some file systems say of a file's size is a guess.
          guard expected < Int.max, fstat(descriptor, &status) == 0, Int(status.st_size) < expected else { return nil }
          return "became shorter while it was read"
        }
        receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        left -= count
      }
      return nil
    }
  }

  private static func sentence(_ cause: CInt) -> String { String(cString: strerror(cause)) }
}
