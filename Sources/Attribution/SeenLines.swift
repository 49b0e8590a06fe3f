/// Hashes of lines that other views of a message had: what was looked for there need not be looked for again.
final class SeenLines {
  private var slots = [UInt32](repeating: 0, count: 4096)
  private var count = 0

  func contains(_ hash: UInt32) -> Bool {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index] != 0 {
      if slots[index] == hash { return true }
      index = (index + 1) & mask
    }
    return false
  }

  func insert(_ hash: UInt32) {
    if count * 2 >= slots.count { grow() }
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index] != 0 {
      if slots[index] == hash { return }
      index = (index + 1) & mask
    }
    slots[index] = hash
    count += 1
  }

  private func grow() {
    let old = slots
    slots = [UInt32](repeating: 0, count: old.count * 2)
    count = 0
    for hash in old where hash != 0 { insert(hash) }
  }
}
