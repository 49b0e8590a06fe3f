internal import Probing

/// What has to come of an attempt for the row to pass.
package struct Expectation: Sendable, Hashable {
  /// In plain words.
  package let text: String
  private let outcomes: Set<Sighting.Outcome>
  /// The errors that may be given; any where empty.
  private let errors: Set<String>

  private init(_ text: String, _ outcomes: Set<Sighting.Outcome>, errors: Set<String> = []) {
    self.text = text
    self.outcomes = outcomes
    self.errors = errors
  }

  func isMet(by sighting: Sighting) -> Bool {
    outcomes.contains(sighting.outcome)
      && (errors.isEmpty || sighting.error == nil || sighting.error.map(errors.contains) == true)
  }

  static func refused(_ errors: String...) -> Expectation {
    let names = errors.count > 2 ? "" : " (\(errors.joined(separator: " or ")))"
    return Expectation("refused\(names)", [.refused], errors: Set(errors))
  }

  static let noRoute = Expectation("refused (ECONNREFUSED)", [.refused], errors: ["ECONNREFUSED"])
  static let notThere = Expectation("not there", [.absent])
  static let nothingToRead = Expectation("not there, or refused", [.absent, .refused])
  static let onlySallyport = Expectation("only Sallyport answers", [.sallyport])
  static let noAnswer = Expectation("Sallyport or nobody", [.sallyport, .closed])
  static let throughSallyport = Expectation("let through", [.destination])
  static let blocked = Expectation("blocked", [.sallyport])
  static let ended = Expectation("the process is ended (SIGSYS)", [.ended], errors: ["SIGSYS"])
  static func confined(_ text: String) -> Expectation { Expectation(text, [.confined]) }
}
