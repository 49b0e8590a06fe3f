/// Where a shape is looked for: few places of a text are of that kind, and masks tell all of them at once.
enum ShapePivot: Hashable {
  /// Where digits, or capital letters, begin that have none of their kind before them: so many bytes behind the shape's
  /// beginning.
  case run(at: Int)
  /// Where so many bytes of a wide class begin.
  case long(WideClass, count: Int)

  /// Before digits or capitals at which a shape is known there may be so many bytes of it.
  private static let farthest = 4
  /// Digits or capitals in a row that are as rare as what is long.
  private static let enough = 6

  /// - Returns: `nil` where the shape has neither.
  init?(of sets: [ByteSet], notBefore: ByteSet) {
    let run = Self.run(of: sets, notBefore)
    if let run, Self.isNarrow(sets[run...].prefix(Self.enough), atLeast: Self.enough) {
      self = .run(at: run)
    } else if let wide = WideClass.allCases.first(where: { $0.count(in: sets, notBefore) >= WideClass.leastCount }) {
      self = .long(wide, count: wide.count(in: sets, notBefore))
    } else if let run {
      self = .run(at: run)
    } else {
      return nil
    }
  }

  private static func isNarrow(_ sets: ArraySlice<ByteSet>, atLeast count: Int) -> Bool {
    sets.count == count && RunKind.allCases.contains { kind in sets.allSatisfy { $0.union(kind.set) == kind.set } }
  }

  private static func run(of sets: [ByteSet], _ notBefore: ByteSet) -> Int? {
    let either = ByteSet.digits.union(.capitals)
    return sets.indices.prefix(farthest + 1).first { index in
      let set = sets[index]
      guard set.union(either) == either else { return false }
      return RunKind.allCases.allSatisfy { kind in
        guard !set.intersection(kind.set).isEmpty else { return true }
        guard index > 0 else { return notBefore.intersection(kind.set) == kind.set }
        return sets[index - 1].intersection(kind.set).isEmpty
      }
    }
  }
}
