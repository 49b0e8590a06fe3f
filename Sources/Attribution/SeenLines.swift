/// Hashes of lines that other views of a message had: what was looked for there need not be looked for again.
final class SeenLines {
  private var slots = Slots(bits: 12)
  private(set) var count = 0

  private final class Slots {
    let memory: UnsafeMutableRawBufferPointer
    /// Hashes, and after as many of them the bytes of the longest run that each was claimed with.
    let hashes: UnsafeMutableBufferPointer<UInt32>
    let mask: Int

    init(bits: Int) {
      memory = RecycledMemory.take(MemoryLayout<UInt32>.stride << (bits + 1))
      hashes = UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: UInt32.self)[..<(2 << bits)])
      hashes.update(repeating: 0)
      mask = 1 << bits - 1
    }

    deinit { RecycledMemory.giveBack(memory) }

    /// Where the hash is, or would be.
    @inline(__always)
    func place(of hash: UInt32) -> Int {
      var index = Int(hash) & mask
      while hashes[index] != 0, hashes[index] != hash { index = (index + 1) & mask }
      return index
    }
  }

  @inline(__always)
  func contains(_ hash: UInt32) -> Bool { slots.hashes[slots.place(of: hash)] != 0 }

  /// The bytes of the longest run that a line was claimed with; 0 for one that was not.
  @inline(__always)
  func claimedBytes(_ hash: UInt32) -> Int { Int(slots.hashes[slots.place(of: hash) + slots.mask + 1]) }

  func insert(_ lines: [SegmentMatch.Line]) {
    if (count + lines.count) * 2 > slots.mask { grow(for: count + lines.count) }
    let slots = slots
    for line in lines {
      let place = slots.place(of: line.hash)
      if slots.hashes[place] == 0 { count += 1 }
      slots.hashes[place] = line.hash
      slots.hashes[place + slots.mask + 1] = max(slots.hashes[place + slots.mask + 1], line.runBytes)
    }
  }

  private func grow(for needed: Int) {
    let larger = Slots(bits: Int.bitWidth - (needed * 2).leadingZeroBitCount + 1)
    for index in 0...slots.mask where slots.hashes[index] != 0 {
      let place = larger.place(of: slots.hashes[index])
      larger.hashes[place] = slots.hashes[index]
      larger.hashes[place + larger.mask + 1] = slots.hashes[index + slots.mask + 1]
    }
    slots = larger
  }
}
