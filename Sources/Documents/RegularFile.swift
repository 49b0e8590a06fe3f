internal import Glibc

/// Reads files that somebody else has named, without trusting the name: nothing is waited for, and no more is read than
/// is wanted.
package enum RegularFile {
  /// All bytes of a file.
  ///
  /// - Parameter limit: bytes; a longer file is a problem, not a beginning.
  package static func bytes(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    // Opening a pipe for reading would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileProblem(path, opening: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem(path, reading: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileProblem(.notRegular, path, "is a directory, not a file")
    default: throw FileProblem(.notRegular, path, "is no regular file, but a pipe, a socket or a device")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileProblem(path, reading: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    throw FileProblem(.tooLarge, path, "is larger than \(limit) bytes")
  }

  /// As above, for text; what is not UTF-8 is a problem.
  package static func text(_ path: String, limit: Int) throws(FileProblem) -> String {
    guard let text = String(validating: try bytes(path, limit: limit), as: UTF8.self) else {
      throw FileProblem(.notText, path, "is not UTF-8")
    }
    return text
  }
}
