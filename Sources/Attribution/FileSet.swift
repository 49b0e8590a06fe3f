/// Files, by their identity: mostly one or two, which need no memory of their own.
struct FileSet {
  private var few = InlineArray<4, ObjectIdentifier?>(repeating: nil)
  /// Those for which the first ones have no room.
  private var others: Set<ObjectIdentifier> = []

  func contains(_ file: SourceFile) -> Bool { contains(ObjectIdentifier(file)) }

  private func contains(_ file: ObjectIdentifier) -> Bool {
    for place in few.indices where few[place] == file { return true }
    return !others.isEmpty && others.contains(file)
  }

  mutating func insert(_ file: SourceFile) { insert(ObjectIdentifier(file)) }

  private mutating func insert(_ file: ObjectIdentifier) {
    for place in few.indices {
      if few[place] == file { return }
      if few[place] == nil { return few[place] = file }
    }
    others.insert(file)
  }

  mutating func formUnion(_ other: FileSet) {
    for place in other.few.indices {
      if let file = other.few[place] { insert(file) }
    }
    for file in other.others { insert(file) }
  }
}
