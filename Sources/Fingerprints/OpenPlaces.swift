/// Which run, or which fingerprint alone, is of a file and distance: a small hash table with linear probing.
struct OpenPlaces: Sendable {
  enum Place: Equatable {
    case alone(Int)
    case run(Int)
  }

  private struct Slot: Sendable {
    /// 0 where the slot is free.
    var key: UInt64 = 0
    var number: UInt8 = 0
  }

  /// At most half of the slots are taken.
  private static let slotBits = 8
  private static let mask = (1 << slotBits) - 1
  /// Behind the numbers of fingerprints alone.
  private static let firstRun = FingerprintLimits.openRuns

  /// None until there is something.
  private var slots: [Slot] = []

  @inline(__always)
  private static func home(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - slotBits))
  }

  /// The slot of a key, or the free one where it would be.
  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    var slot = Self.home(of: key)
    while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & Self.mask }
    return slot
  }

  @inline(__always)
  func find(_ key: UInt64) -> Place? {
    guard !slots.isEmpty else { return nil }
    let slot = slots[slot(of: key)]
    guard slot.key != 0 else { return nil }
    let number = Int(slot.number)
    return number < Self.firstRun ? .alone(number) : .run(number - Self.firstRun)
  }

  /// - Precondition: there are at most ``FingerprintLimits/openRuns`` of either.
  mutating func set(_ key: UInt64, _ place: Place) {
    if slots.isEmpty { slots = Array(repeating: Slot(), count: 1 << Self.slotBits) }
    let number =
      switch place {
      case .alone(let index): index
      case .run(let index): Self.firstRun + index
      }
    slots[slot(of: key)] = Slot(key: key, number: UInt8(truncatingIfNeeded: number))
  }

  mutating func remove(_ key: UInt64) {
    guard !slots.isEmpty else { return }
    var free = slot(of: key)
    guard slots[free].key != 0 else { return }
    slots[free] = Slot()
    // What went past the slot that is free now goes there, so that it is still found.
    var next = (free + 1) & Self.mask
    while slots[next].key != 0 {
      let home = Self.home(of: slots[next].key)
      if (next - home) & Self.mask >= (next - free) & Self.mask {
        slots[free] = slots[next]
        slots[next] = Slot()
        free = next
      }
      next = (next + 1) & Self.mask
    }
  }

  /// What it takes in memory.
  var heldBytes: Int { slots.count * MemoryLayout<Slot>.stride }
}
