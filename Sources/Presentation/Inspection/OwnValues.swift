internal import Evidence

/// How many rows or values of a table of the user's own stand in a file.
struct OwnValues {
  private let table: String
  private var rows: Set<Int> = []
  private var values: Set<String> = []
  private var hasMore = false

  /// - Parameter finding: a value of such a table.
  init(_ finding: Finding) {
    table = finding.ownRow?.table ?? ""
    add(finding)
  }

  mutating func add(_ finding: Finding) {
    // One without a fingerprint stands for many.
    guard let value = finding.fingerprint else { return hasMore = true }
    values.insert(value)
    if let row = finding.ownRow?.number { rows.insert(row) }
  }

  /// `59 rows of your table customers`.
  var text: String {
    let number = rows.isEmpty ? values.count.counted("value") : rows.count.counted("row")
    return "\(number)\(hasMore ? " and more" : "") of your table \(Sanitised(table).text)"
  }
}
