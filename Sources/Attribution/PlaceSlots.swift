internal import Synchronization

/// The slots of a ``PlaceTable``, for reading: addresses only, so that nothing is counted. Not kept longer than the table.
struct PlaceSlots {
  typealias Entry = PlaceTable.Entry

  let slots: UnsafeMutablePointer<Atomic<UInt64>>
  let mask: Int

  /// The first slot that a search for the hash looks at: loaded for several hashes before any is searched for, so that
  /// memory is waited for once.
  @inline(__always)
  func firstSlot(_ hash: UInt32) -> Entry { Entry(raw: slots[Int(hash) & mask].load(ordering: .acquiring)) }

  @inline(__always)
  func find(_ hash: UInt32, startingWith first: Entry) -> Entry {
    if first.isEmpty || first.matches(hash) { return first }
    return search(hash)
  }

  @inline(__always)
  func find(_ hash: UInt32) -> Entry { find(hash, startingWith: firstSlot(hash)) }

  private func search(_ hash: UInt32) -> Entry {
    var index = (Int(hash) + 1) & mask
    while true {
      let entry = Entry(raw: slots[index].load(ordering: .acquiring))
      if entry.isEmpty || entry.matches(hash) { return entry }
      index = (index + 1) & mask
    }
  }

  /// All entries with the hash, where several are kept.
  func forEach(_ hash: UInt32, _ body: (Int) -> Void) {
    var index = Int(hash) & mask
    while true {
      let entry = Entry(raw: slots[index].load(ordering: .acquiring))
      if entry.isEmpty { return }
      if entry.matches(hash) { body(entry.place) }
      index = (index + 1) & mask
    }
  }
}
