/// Remembers what was reported lately, in a fixed amount of memory: one slot per hash, the newest wins.
package struct RepeatTable<Element: Hashable & Sendable>: Sendable {
  private var slots: [Element?]

  package init(slots count: Int) {
    slots = Array(repeating: nil, count: max(1, count))
  }

  /// - Returns: whether it was not there; it is now.
  package mutating func insert(_ element: Element) -> Bool {
    let index = Int(UInt(bitPattern: element.hashValue) % UInt(slots.count))
    if slots[index] == element { return false }
    slots[index] = element
    return true
  }
}
