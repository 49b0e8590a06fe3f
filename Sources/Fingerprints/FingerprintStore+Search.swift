extension FingerprintStore {
  /// What to look with, for somebody who is at work in these places: code that is at home there is everyday work.
  ///
  /// A root is at home where a place lies in it, or it in the place. What it has in common with another root is not looked
  /// for either.
  ///
  /// - Parameter places: paths without links; none where everything is looked for.
  /// - Returns: `nil` where there is nothing to look for, and the indexes that cannot be used.
  package func search(from places: [String]) -> (set: FingerprintSet?, problems: [Problem]) {
    let (indexes, problems) = indexes()
    let atHome = indexes.filter { index in places.contains { index.root.isAtHome(in: $0) } }
    let others = indexes.filter { index in !atHome.contains { $0 === index } }
    let set = FingerprintSet(others, leavingOut: atHome, key: key)
    return (set.isEmpty ? nil : set, problems)
  }
}

extension IndexedRoot {
  /// Whether it lies in a place, or that in it.
  func isAtHome(in place: String) -> Bool {
    let (root, place) = (path == "/" ? "/" : path + "/", place == "/" ? "/" : place + "/")
    return place.hasPrefix(root) || root.hasPrefix(place)
  }
}
