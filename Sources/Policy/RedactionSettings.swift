internal import Documents

/// `redaction`: what becomes of what was taken out of messages.
package struct RedactionSettings: Sendable, Hashable {
  /// Whether it is put back into the answers of the destination that was not sent it.
  package var restores = true
  /// How long what was taken out is kept after the run began; zero: no longer than the run, and only in memory.
  package var keep = Duration.seconds(24 * 3_600)

  static let form = "a duration such as 12h, of at most 720h, or 0s for no longer than the run"
  private static let longest = Duration.seconds(720 * 3_600)

  static func parseKeep(_ text: String) -> Duration? {
    DurationText.parse(text).flatMap { $0 <= longest ? $0 : nil }
  }
}
