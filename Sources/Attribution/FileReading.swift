internal import Glibc

/// Reads files that somebody else names, without waiting for anything and without following links.
package struct FileReading: ~Copyable {
  package enum Outcome {
    /// With its stamp as it was before the first byte was read.
    case text(UnsafeRawBufferPointer, FileStamp)
    /// It is there and is not to be indexed; `nil` for what is no regular file.
    case refused(IndexContents.Reason?)
    case gone
  }

  /// While files are being read.
  private var memory: PageMemory<UInt8>?
  private static var capacity: Int { AttributionLimits.fileBytes + 1 }

  package init() {}

  /// Nothing is read for now: lets go of the text.
  mutating func rest() { memory = nil }

  /// - Parameters:
  ///   - directory: a descriptor, or `AT_FDCWD`.
  ///   - isAllowed: is given the descriptor of the open file.
  /// - Returns: text that is there until the next call.
  package mutating func read(_ name: String, in directory: Int32, isAllowed: (Int32) -> Bool = { _ in true }) -> Outcome
  {
    let file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else {
      // A link is somebody else's file, or one that is read under its own name.
      return errno == ELOOP ? .refused(nil) : errno == ENOENT || errno == ENOTDIR ? .gone : .refused(.unreadable)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, isAllowed(file) else { return .refused(nil) }
    guard status.st_size <= AttributionLimits.fileBytes else { return .refused(.tooLarge) }
    guard let memory = memory ?? PageMemory(capacity: Self.capacity) else { return .refused(.unreadable) }
    self.memory = memory
    return Self.content(of: file, FileStamp(status), in: memory.base)
  }

  private static func content(of file: Int32, _ stamp: FileStamp, in buffer: UnsafeMutablePointer<UInt8>) -> Outcome {
    var count = 0
    // What is no text is known by its beginning.
    var wanted = AttributionLimits.binaryPrefixBytes
    while count < capacity {
      let got = Glibc.read(file, buffer + count, min(wanted, capacity - count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { return .refused(.unreadable) }
      if got == 0 { return .text(UnsafeRawBufferPointer(start: buffer, count: count), stamp) }
      count += got
      if wanted == AttributionLimits.binaryPrefixBytes {
        if TextProbe.isBinary(UnsafeRawBufferPointer(start: buffer, count: count)) { return .refused(.binary) }
        wanted = capacity
      }
    }
    return .refused(.tooLarge)
  }

  /// Opens a folder below another one, without following links on the way.
  ///
  /// - Returns: a descriptor that the caller closes, or -1 with `errno`.
  package static func openDirectory(_ path: String, below root: Int32) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var current = openat(root, ".", flags)
    for name in path.split(separator: "/") where name != "." {
      guard current >= 0, name != ".." else {
        if current >= 0 { close(current) }
        return -1
      }
      let next = openat(current, String(name), flags)
      let problem = errno
      close(current)
      errno = problem
      current = next
    }
    return current
  }
}
