internal import Evidence

/// A place where one person can be asked, one question after the other.
protocol QuestionPlace: Sendable {
  /// Whether somebody could be asked there now.
  var isThere: Bool { get }

  /// Shows a question when its turn has come, and settles it with what is said there.
  func put(_ question: Int, about exchange: Exchange, for asker: PersonAsker)
}
