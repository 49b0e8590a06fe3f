/// Remembers what was reported lately, in a fixed amount of memory: one slot per hash, the newest wins.
package struct RepeatTable<Element: Hashable & Sendable>: Sendable {
  private var slots: [Element?]

  package init(slots count: Int) {
    slots = Array(repeating: nil, count: max(1, count))
  }

  package func contains(_ element: Element) -> Bool { slots[slot(of: element)] == element }

  package mutating func insert(_ element: Element) { slots[slot(of: element)] = element }

  private func slot(of element: Element) -> Int { Int(UInt(bitPattern: element.hashValue) % UInt(slots.count)) }
}
