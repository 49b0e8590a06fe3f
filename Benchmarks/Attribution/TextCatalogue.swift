/// Where text stands in a tree: found by comparing it with everything, without any of the engine's means.
struct TextCatalogue {
  struct Place: Hashable {
    let file: Int
    /// The first line, counted among those that are not blank.
    let line: Int
  }

  private let tree: SourceTree
  private var places: [ArraySlice<UInt8>: [Place]] = [:]

  init(_ tree: SourceTree) {
    self.tree = tree
    places.reserveCapacity(tree.lineCount)
    for (file, content) in tree.files.enumerated() {
      for (index, line) in content.full.enumerated() {
        places[content.trimmed[line], default: []].append(Place(file: file, line: index))
      }
    }
  }

  /// Every place of these lines, one after the other without the blank ones; of the first and the last only a part may
  /// be there.
  func places(of run: Run) -> [Place] {
    let whole = run.whole
    guard let rarest = whole.indices.min(by: { count(whole[$0]) < count(whole[$1]) }) else { return [] }
    let shift = rarest + (run.head == nil ? 0 : 1)
    return (places[whole[rarest]] ?? []).compactMap { place in
      let first = Place(file: place.file, line: place.line - shift)
      return holds(run, at: first) ? first : nil
    }
  }

  private func count(_ line: ArraySlice<UInt8>) -> Int { places[line]?.count ?? 0 }

  private func holds(_ run: Run, at place: Place) -> Bool {
    let file = tree.files[place.file]
    guard place.line >= 0, place.line + run.count <= file.full.count else { return false }
    var line = place.line
    if let head = run.head {
      guard file.trimmed[file.full[line]].reversed().starts(with: head.reversed()) else { return false }
      line += 1
    }
    for text in run.whole {
      guard file.trimmed[file.full[line]] == text else { return false }
      line += 1
    }
    return run.tail.map { file.trimmed[file.full[line]].starts(with: $0) } ?? true
  }

  /// Lines of a run that are not blank.
  struct Run {
    /// The end of the first line, if not all of it is there.
    var head: ArraySlice<UInt8>?
    var whole: [ArraySlice<UInt8>]
    /// The beginning of the last line, if not all of it is there.
    var tail: ArraySlice<UInt8>?

    var count: Int { whole.count + (head == nil ? 0 : 1) + (tail == nil ? 0 : 1) }
  }
}
