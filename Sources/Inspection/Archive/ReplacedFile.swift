#if canImport(Glibc)
  internal import Glibc
#endif

/// A file that this program wrote to read it back, and never writes into again: a new one takes its place.
package struct ReplacedFile {
  let path: String

  /// - Parameter body: is given what was written, for as long as it runs.
  /// - Returns: `nil` where there is none, or it cannot be read.
  func read<Result>(_ body: (UnsafeRawBufferPointer) -> Result?) -> Result? {
    // Nobody waits for what somebody else has put there.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      (1...Self.longest).contains(Int(status.st_size))
    else { return nil }
    // Aligned as compiled patterns want to be.
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(status.st_size), alignment: 64)
    defer { bytes.deallocate() }
    return Self.fill(bytes, from: descriptor) ? body(UnsafeRawBufferPointer(bytes)) : nil
  }

  private static func fill(_ bytes: UnsafeMutableRawBufferPointer, from descriptor: CInt) -> Bool {
    var count = 0
    while count < bytes.count {
      let more = Glibc.read(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
      if more > 0 { count += more } else if more == 0 || errno != EINTR { return false }
    }
    return true
  }

  /// Writes beside and renames, so that another process sees all or nothing. What fails is made again next time.
  func write(_ parts: [UInt8]...) {
    let draft = path + ".\(UInt64.random(in: .min ... .max))" + Self.draftSuffix
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    guard let file = fdopen(descriptor, "w") else {
      close(descriptor)
      unlink(draft)
      return
    }
    let isWritten = parts.allSatisfy { fwrite($0, 1, $0.count, file) == $0.count }
    let isClosed = fclose(file) == 0
    if !(isWritten && isClosed && rename(draft, path) == 0) { unlink(draft) }
  }

  /// Bytes: thirty times as many as the shipped detectors take.
  private static let longest = 256 << 20

  /// What the names of unfinished ones end with.
  package static let draftSuffix = ".new"
}
