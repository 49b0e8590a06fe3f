/// What a table may hold, and how its values are looked for.
package enum TableLimits {
  /// Rows of one table.
  package static let rows = 4_000_000
  /// Values of one table that are kept: 14 bytes each.
  package static let values = 16_000_000
  /// Bytes of one row, and of a file of JSON that is one array.
  static let rowBytes = 1 << 20
  static let arrayBytes = 256 << 20
  /// Columns that are looked at.
  static let columns = 256
  /// Tables of one installation.
  package static let tables = 16
  /// Letters and digits of a value that is kept. Shorter ones stand in every text.
  package static let letters = 6...128
  /// Letters and digits that a value without spaces, and a number, has at least to say something alone.
  static let tellingLetters = 8
  /// Letters of several words that say something together: a full name, a company.
  static let tellingWords = 12
  /// Rows in which a value may stand; one that stands in more is common and not kept.
  static let rowsOfOne = 8
  /// Words of a text that one value may be written in.
  static let words = 10
  /// Bytes between two words of one value.
  static let widestGap = 3
  /// Bytes between two cells of one row that are told as one.
  package static let rowDistance = 256
  /// Places within such a distance that are remembered.
  static let nearbyHits = 256
}
