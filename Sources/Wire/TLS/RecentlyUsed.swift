/// A dictionary of bounded size: when it is full, what was not asked for longest goes.
///
/// - Complexity: looking up is constant; inserting into a full one goes through all entries once.
struct RecentlyUsed<Key: Hashable, Value> {
  private var entries: [Key: (value: Value, lastUse: UInt64)] = [:]
  private var uses: UInt64 = 0
  let capacity: Int

  /// - Parameter capacity: at least 1.
  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  var count: Int { entries.count }

  mutating func value(for key: Key) -> Value? {
    guard let index = entries.index(forKey: key) else { return nil }
    uses += 1
    entries.values[index].lastUse = uses
    return entries.values[index].value
  }

  mutating func insert(_ value: Value, for key: Key) {
    if entries[key] == nil, entries.count >= capacity,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      entries.removeValue(forKey: oldest.key)
    }
    uses += 1
    entries[key] = (value, uses)
  }
}
