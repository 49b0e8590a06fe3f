extension SourceCondition {
  /// Whether it speaks about all files, in all amounts, that the other one speaks about; never true where it does not.
  func covers(_ other: SourceCondition) -> Bool {
    let isEveryPath = paths.isEmpty || paths.contains(where: \.isEverything)
    guard isEveryPath || (!other.paths.isEmpty && other.paths.isCovered(by: paths) { $0.covers($1) }),
      owners.isEmpty || (!other.owners.isEmpty && other.owners.isCovered(by: owners) { $0.covers($1) })
    else { return false }
    let isSame = paths == other.paths && owners == other.owners
    return Self.covers(lines, other.lines, ofSameFiles: isSame) && Self.covers(share, other.share, ofSameFiles: isSame)
  }

  /// Of more files there are as many lines or more, so that only a bound from below still holds.
  private static func covers(_ outer: Comparison?, _ inner: Comparison?, ofSameFiles isSame: Bool) -> Bool {
    guard let outer else { return true }
    guard let inner, outer.covers(inner) else { return false }
    return isSame || outer.amounts?.upperBound == Int.max
  }
}
