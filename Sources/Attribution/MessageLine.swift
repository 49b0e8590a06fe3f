/// One line of a message that is not blank.
struct MessageLine {
  /// Its text in the segment, without the white space around it.
  let start: Int32
  let end: Int32
  let hash: UInt32
  /// Whether text was left out before it, so that nothing goes on across.
  let isCutBefore: Bool
  /// Whether it was looked for in another view.
  var isSeen: Bool
  /// Whether the table was asked for it.
  var isLookedUp = false
  /// Whether it was for its other readings: these may be known without.
  var isReadingLookedUp = false
  /// Whether its other readings are known.
  var isRead = false
  /// Whether it is nothing but a decoration.
  var isBare = false
  /// Where its other readings are among all of them.
  var firstReading: Int32 = 0
  var endReading: Int32 = 0
  /// The hash under which it was found, as it is or in another reading.
  var found: UInt32 = LineHash.blank
  var entry = PlaceTable.Entry.none
  /// The run that it belongs to, -1 for none.
  var run: Int32 = -1
}

/// A line without something that is not the file's.
struct LineReading {
  let start: Int32
  let end: Int32
  let hash: UInt32
}
