/// Where in a table of the user's own a value stands that was found; nothing of what is in the table.
package struct OwnRow: Sendable, Hashable {
  /// The name that the table was indexed under.
  package let table: String
  /// The number of the row of which several values stand together; `nil` for a value alone. It is not told: that two
  /// values are of one row is all it is good for.
  package let number: Int?

  package init(table: String, number: Int? = nil) {
    self.table = table
    self.number = number
  }
}
