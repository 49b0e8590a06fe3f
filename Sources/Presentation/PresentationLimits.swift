/// The sizes that this room keeps to; each is a choice about what a reader can take in.
package enum PresentationLimits {
  /// Columns where the terminal does not say: what every terminal and every mail has.
  package static let defaultColumns = 80
  /// Columns below which a table would show ellipses only; narrower terminals wrap by themselves.
  package static let leastColumns = 40
  /// Columns above which a row is too wide for the eye to follow.
  package static let mostColumns = 110
  /// Columns of a table that is cut nowhere.
  package static let unboundedColumns = 1 << 20
  /// Columns that the cells below and above a long one are drawn out to in such a table: one path of thousands of letters
  /// would else make each line as long.
  static let mostAligned = 160
  /// Lines of a run's summary: the classic screen, so that nothing scrolls away.
  package static let summaryLines = 24
  /// Rows of the summary's table that go before the lists below it: who got what is what a user asks first.
  package static let favouredSummaryRows = 8
  /// Unicode scalars that one piece of foreign text may bring to a rendering; the rest is cut off with an ellipsis.
  package static let sanitisedScalars = 4096
  /// Combining marks on one base character; languages need 4 at most, more is an attack on the lines around.
  package static let combiningMarks = 4
  /// Exchanges that a watcher keeps to show: more rows than any screen has.
  static let watchedExchanges = 512
  /// Questions that a watcher keeps; a person answers them one by one.
  static let watchedQuestions = 64
  /// Files named below the exchanges; more do not fit into a line.
  static let watchedFiles = 12
  /// Milliseconds that a question must have been on the screen before a key can answer it: longer than it takes to
  /// press a key twice.
  static let answerDelayMilliseconds: Int64 = 500
  /// Changes of one topic between two runs that a terminal shows; JSON has them all.
  package static let shownChanges = 24
  /// Columns that everything but destination and findings takes of a watched exchange's row.
  static let watchedColumns = 46
  /// Columns that a destination has there before findings give way to it.
  static let watchedDestination = 24
}
