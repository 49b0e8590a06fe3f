/// What makes things that are found a table of records.
enum RecordLimits {
  /// Fewer records are told one by one only.
  static let leastRecords = 10
  /// From so many on a table whose things are sure is worth stopping an exchange.
  static let blockedRecords = 100
  /// Bytes of one record, and from one record's beginning to the next one's, at most.
  static let longestRecord = 4096
  static let farthest = 4096
  /// So many times the records' mean distance, and so many bytes more, is still a table.
  static let irregularity = 4
  static let slackBytes = 256
  /// Detectors that are told apart in a table, and in one of its records.
  static let columns = 32
  /// Tables of one view and of one message.
  static let tables = 32
}
