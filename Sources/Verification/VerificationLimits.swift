/// The bounds of this room, each with its unit and its reason.
enum VerificationLimits {
  /// Seconds that all attempts of one sandbox may take; they take about ten.
  static let runSeconds = 180
  /// Seconds until every process of a killed run must be gone. It takes a few milliseconds.
  static let endSeconds = 10
  /// Places that are made until one is not taken for left over by another verification: it looks for a moment only.
  static let placeAttempts = 16
  /// Bytes of a request that the scripted destination keeps: every attempt's is far smaller.
  static let requestBytes = 65_536
  /// Bytes of what a run says on standard error that are kept.
  static let errorBytes = 1 << 20
  /// Milliseconds in which a refusal has to come.
  static let refusalMilliseconds = 50
}
