extension Sequence {
  /// Groups in the order of their first elements.
  func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
    var positions: [Key: Int] = [:]
    var groups: [(key: Key, elements: [Element])] = []
    for element in self {
      let name = key(element)
      if let position = positions[name] {
        groups[position].elements.append(element)
      } else {
        positions[name] = groups.count
        groups.append((name, [element]))
      }
    }
    return groups
  }
}
