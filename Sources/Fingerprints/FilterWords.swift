internal import Glibc

/// The memory of a filter: in large pages, since whoever looks reads words from all over it, and each would have a page of
/// its own to be found first.
final class FilterWords: @unchecked Sendable {
  // Sound: it is written before anybody else has it.
  let words: UnsafeMutablePointer<UInt64>

  private static let largePage = 2 << 20

  /// All are zero.
  init(count: Int) {
    let bytes = count * MemoryLayout<UInt64>.stride
    let isLarge = bytes >= Self.largePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? Self.largePage : 64)
    // Where the system has none, small ones do.
    if isLarge { madvise(memory, bytes, MADV_HUGEPAGE) }
    words = memory.initializeMemory(as: UInt64.self, repeating: 0, count: count)
  }

  deinit { UnsafeMutableRawPointer(words).deallocate() }
}
