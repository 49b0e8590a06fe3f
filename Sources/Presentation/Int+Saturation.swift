extension Int {
  /// The sum, or the greatest number where it would be greater: figures of hostile reports are no reason to stop.
  func saturatingSum(_ other: Int) -> Int {
    let (sum, isOverflow) = addingReportingOverflow(other)
    return isOverflow ? .max : sum
  }
}

extension Sequence {
  func saturatingSum(_ figure: (Element) -> Int) -> Int { reduce(0) { $0.saturatingSum(figure($1)) } }
}
