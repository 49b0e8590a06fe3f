/// The sizes that a report's page keeps to, so that the run of a whole day is still a page that opens.
package enum ReportLimits {
  /// Elements of one list of a stored report; a run of a million requests is an attack, not a run.
  package static let mostElements = 1_000_000
  /// Exchanges told one by one: about 2 kB each, and what a browser lays out within a second.
  static let exchanges = 1500
  /// Of these, exchanges with one destination for one purpose; a poll every second must not silence the others.
  static let exchangesOfGroup = 200
  /// Files told with their strips; those with the most lines first.
  static let files = 250
  /// Destinations told of one file.
  static let destinationsOfFile = 8
  /// Ranges of lines written out for one file and destination; the strip shows all.
  static let ranges = 24
  /// Different ranges of one file and destination that are looked at for lines that left in part.
  static let rangesOfStrip = 1000
  /// Links from a file to the exchanges that it was in.
  static let exchangesOfFile = 24
  /// Findings, reasons or sources told of one exchange.
  static let detailsOfExchange = 40
  /// Rows of any other list.
  static let rows = 300
  /// Exchanges up to which a run's groups are open when the page is.
  static let openedExchanges = 40
  /// Lines of a checkpoint: three, a blank one, and a signature of each witness.
  static let checkpointLines = 64
  /// Unicode scalars of a remedy, which is of use only whole: some forty findings in one request.
  static let remedyScalars = 32_768
}
