/// Remembers what was reported lately, in a fixed amount of memory: one slot per hash, the newest wins.
package struct RepeatTable<Element: Hashable & Sendable>: Sendable {
  private var slots: [Element?]

  package init(slots count: Int) {
    slots = Array(repeating: nil, count: max(1, count))
  }

  /// Remembers an element that was not there, unless the body says otherwise.
  ///
  /// - Returns: whether it is there since this call.
  package mutating func insert(_ element: Element, if isWanted: () -> Bool = { true }) -> Bool {
    let slot = Int(UInt(bitPattern: element.hashValue) % UInt(slots.count))
    guard slots[slot] != element, isWanted() else { return false }
    slots[slot] = element
    return true
  }
}
