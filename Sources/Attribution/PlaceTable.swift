internal import Synchronization

/// From hashes to places: open addressing, eight bytes a slot. One thread writes while others read.
///
/// A slot has the hash, how many files have it (15 for that and more), and in 28 bits the last place plus one. Other
/// places of the same hash are linked from the last, by whoever keeps the links.
final class PlaceTable: @unchecked Sendable {
  // Sound: slots are atomic, and only the index's writer changes them and the count.
  private let memory: PageMemory<UInt64>
  private let slots: UnsafeMutablePointer<Atomic<UInt64>>
  private let mask: Int
  private(set) var used = 0

  /// - Parameter capacity: a power of two.
  init?(capacity: Int) {
    guard let memory = PageMemory<UInt64>(capacity: capacity, isRandomAccess: true) else { return nil }
    self.memory = memory
    slots = UnsafeMutableRawPointer(memory.base).bindMemory(to: Atomic<UInt64>.self, capacity: capacity)
    mask = capacity - 1
  }

  /// For whoever holds the table.
  var reading: PlaceSlots { PlaceSlots(slots: slots, mask: mask) }

  var capacity: Int { mask + 1 }
  var bytes: Int { capacity * MemoryLayout<UInt64>.stride }

  /// Whether so many more entries fit without long searches.
  func hasRoom(for more: Int) -> Bool { (used + more) * 4 <= capacity * 3 }

  struct Entry {
    let raw: UInt64

    static let none = Entry(raw: 0)
    /// Places lie below it.
    static let places = 1 << 28 - 1

    @inline(__always) var isEmpty: Bool { raw == 0 }
    /// The last place.
    @inline(__always) var place: Int { Int(raw & 0x0fff_ffff) - 1 }
    /// How many files have it; 15 for that and more.
    @inline(__always) var count: Int { Int(raw >> 28 & 15) }
    @inline(__always) var isCommon: Bool { count > AttributionLimits.chainPlaces }
    @inline(__always) var hash: UInt32 { UInt32(truncatingIfNeeded: raw >> 32) }
    @inline(__always) func matches(_ hash: UInt32) -> Bool { self.hash == hash }

    @inline(__always)
    init(hash: UInt32, count: Int, place: Int) {
      raw = UInt64(hash) << 32 | UInt64(count) << 28 | UInt64(place + 1)
    }

    @inline(__always)
    init(raw: UInt64) { self.raw = raw }
  }

  // MARK: By the writer

  /// Makes `place` the last of its hash.
  ///
  /// - Parameters:
  ///   - first: places from here on are in the same file, which is counted once.
  ///   - link: is given the place that was the last, before anybody sees the new one.
  @inline(__always)
  func insert(_ hash: UInt32, _ place: Int, inFileFrom first: Int, link: (Int) -> Void) {
    var index = Int(hash) & mask
    while true {
      let entry = Entry(raw: slots[index].load(ordering: .relaxed))
      if entry.isEmpty || entry.matches(hash) {
        var count = 1
        if !entry.isEmpty {
          link(entry.place)
          count = min(15, entry.count + (entry.place < first ? 1 : 0))
        } else {
          used += 1
        }
        slots[index].store(Entry(hash: hash, count: count, place: place).raw, ordering: .releasing)
        return
      }
      index = (index + 1) & mask
    }
  }

  /// Adds a place beside those of the same hash, unless there are enough of them.
  func add(_ hash: UInt32, _ place: Int, atMost most: Int) {
    var index = Int(hash) & mask
    var same = 0
    while true {
      let entry = Entry(raw: slots[index].load(ordering: .relaxed))
      if entry.isEmpty { break }
      if entry.matches(hash) { same += 1 }
      if same >= most { return }
      index = (index + 1) & mask
    }
    used += 1
    slots[index].store(Entry(hash: hash, count: 1, place: place).raw, ordering: .releasing)
  }

  /// - Returns: a table of that many slots with the same entries; `nil` where there is no memory.
  func grown(to capacity: Int) -> PlaceTable? {
    guard let larger = PlaceTable(capacity: capacity) else { return nil }
    for index in 0...mask {
      let entry = Entry(raw: slots[index].load(ordering: .relaxed))
      if !entry.isEmpty { larger.place(entry) }
    }
    return larger
  }

  private func place(_ entry: Entry) {
    var index = Int(entry.hash) & mask
    while slots[index].load(ordering: .relaxed) != 0 { index = (index + 1) & mask }
    used += 1
    slots[index].store(entry.raw, ordering: .releasing)
  }
}
