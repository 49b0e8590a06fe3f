#if canImport(Glibc)
  internal import Glibc
#endif

/// A file that this program wrote to read it back, and never writes into again: a new one takes its place.
struct ReplacedFile {
  let path: String

  /// - Parameter body: is given what was written, for as long as it runs.
  /// - Returns: `nil` where there is none.
  func read<Result>(_ body: (UnsafeRawBufferPointer) -> Result?) -> Result? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0),
      start != MAP_FAILED
    else { return nil }
    defer { munmap(start, Int(status.st_size)) }
    return body(UnsafeRawBufferPointer(start: start, count: Int(status.st_size)))
  }

  /// Writes beside and renames, so that another process sees all or nothing. What fails is made again next time.
  func write(_ parts: [UInt8]...) {
    let temporary = path + ".\(getpid()).new"
    guard let file = fopen(temporary, "wx") else { return }
    let isWritten = parts.allSatisfy { fwrite($0, 1, $0.count, file) == $0.count }
    let isClosed = fclose(file) == 0
    if !(isWritten && isClosed && rename(temporary, path) == 0) { unlink(temporary) }
  }
}
