/// Hashes of lines that other views of a message had: what was looked for there need not be looked for again.
final class SeenLines {
  private var slots = Slots(bits: 12)
  private var count = 0

  private final class Slots {
    let memory: UnsafeMutableRawBufferPointer
    let hashes: UnsafeMutableBufferPointer<UInt32>
    let mask: Int

    init(bits: Int) {
      memory = RecycledMemory.take(MemoryLayout<UInt32>.stride << bits)
      hashes = UnsafeMutableBufferPointer(rebasing: memory.bindMemory(to: UInt32.self)[..<(1 << bits)])
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

  func insert(_ hashes: [UInt32]) {
    if (count + hashes.count) * 2 > slots.mask { grow(for: count + hashes.count) }
    let slots = slots
    for hash in hashes {
      let place = slots.place(of: hash)
      if slots.hashes[place] == 0 { count += 1 }
      slots.hashes[place] = hash
    }
  }

  private func grow(for needed: Int) {
    let larger = Slots(bits: Int.bitWidth - (needed * 2).leadingZeroBitCount + 1)
    for hash in slots.hashes where hash != 0 { larger.hashes[larger.place(of: hash)] = hash }
    slots = larger
  }
}
