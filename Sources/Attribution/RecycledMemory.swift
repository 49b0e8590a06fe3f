internal import Synchronization

/// Memory for the text and the lines of messages, kept for the next one: new memory costs a page fault for every 4 KB.
enum RecycledMemory {
  /// Addresses, by the logarithm of their size.
  private static let kept = Mutex([[UInt]](repeating: [], count: mostBits + 1))

  private static let leastBits = 12
  /// Larger ones are for rare messages.
  private static let mostBits = 20
  /// Of each size: what the messages of a few threads use at the same time.
  private static let mostKept = 8

  private static func bits(_ bytes: Int) -> Int { max(leastBits, Int.bitWidth - max(1, bytes - 1).leadingZeroBitCount) }

  /// At least so many bytes, aligned for anything plain.
  static func take(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
    let bits = bits(bytes)
    if bits <= mostBits, let address = kept.withLock({ $0[bits].popLast() }),
      let memory = UnsafeMutableRawPointer(bitPattern: address)
    {
      return UnsafeMutableRawBufferPointer(start: memory, count: 1 << bits)
    }
    return .allocate(byteCount: 1 << bits, alignment: 16)
  }

  /// - Parameter memory: from ``take(_:)``, which nobody uses any more.
  static func giveBack(_ memory: UnsafeMutableRawBufferPointer) {
    guard let address = memory.baseAddress else { return }
    let bits = bits(memory.count)
    let isKept =
      bits <= mostBits
      && kept.withLock { kept in
        guard kept[bits].count < mostKept else { return false }
        kept[bits].append(UInt(bitPattern: address))
        return true
      }
    if !isKept { memory.deallocate() }
  }
}
