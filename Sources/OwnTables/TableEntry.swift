/// One value in one row.
struct TableEntry: Comparable {
  let hash: UInt64
  /// The row's number; the highest bit where the value says something alone.
  let row: UInt32

  static let telling = UInt32(1) << 31

  static func < (one: Self, other: Self) -> Bool {
    one.hash != other.hash ? one.hash < other.hash : one.row & ~telling < other.row & ~telling
  }
}
