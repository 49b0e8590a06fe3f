internal import CLinux
internal import Glibc

/// An open file descriptor with one owner, closed when the owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
  package let number: CInt

  package init(owning number: CInt) {
    self.number = number
  }

  deinit { Glibc.close(number) }

  /// Gives the number away; closing it is then the caller's business.
  package consuming func release() -> CInt {
    let number = self.number
    discard self
    return number
  }

  /// An anonymous file in memory with these bytes, its offset at the start.
  package static func memoryFile(
    named name: String, holding bytes: [UInt8]
  ) throws(ConfinementFailure) -> Descriptor {
    let number = cl_memory_file(name)
    guard number >= 0 else { throw ConfinementFailure(.kernel, "memfd_create", errorNumber: -number) }
    let file = Descriptor(owning: number)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(number, $0.baseAddress?.advanced(by: written), $0.count - written) }
      guard count > 0 else { throw ConfinementFailure(.kernel, "write a memory file", errorNumber: errno) }
      written += count
    }
    guard lseek(number, 0, SEEK_SET) == 0 else { throw ConfinementFailure(.kernel, "lseek", errorNumber: errno) }
    return file
  }

  /// A pipe, both ends close-on-exec and the caller's to close.
  package static func pipe() throws(ConfinementFailure) -> (reading: CInt, writing: CInt) {
    var (reading, writing): (CInt, CInt) = (-1, -1)
    let result = cl_pipe(&reading, &writing)
    guard result == 0 else { throw ConfinementFailure(.kernel, "pipe", errorNumber: -result) }
    return (reading, writing)
  }

  /// Everything up to the end.
  ///
  /// - Returns: `nil` where reading failed or there is more than `limit` bytes.
  package static func readAll(_ number: CInt, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(number, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > limit { return nil }
    }
  }
}
