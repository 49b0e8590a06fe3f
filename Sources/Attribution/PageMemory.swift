internal import Glibc

/// Memory of so many elements, all zero, at one place for good; pages cost nothing until they are written.
final class PageMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  // Sound: the address never changes. Who writes and who reads what is the owner's matter.
  let base: UnsafeMutablePointer<Element>
  let capacity: Int

  /// - Returns: `nil` where the system has no addresses left.
  init?(capacity: Int, isRandomAccess: Bool = false) {
    let bytes = max(1, capacity) * MemoryLayout<Element>.stride
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), address != MAP_FAILED else {
      return nil
    }
    // Large pages where there are any: a look-up in a small one waits for its translation, too.
    if isRandomAccess, bytes >= Self.largePage { madvise(address, bytes, Self.wantsLargePages) }
    base = address.bindMemory(to: Element.self, capacity: max(1, capacity))
    self.capacity = capacity
  }

  deinit { munmap(base, max(1, capacity) * MemoryLayout<Element>.stride) }

  private static var largePage: Int { 2 * 1024 * 1024 }
  /// `MADV_HUGEPAGE` of Linux, which the module map does not show.
  private static var wantsLargePages: Int32 { 14 }
}
