package import Evidence
package import Policy

/// What is true of every exchange of one run.
package struct RunFacts: Sendable {
  package let subject: Subject
  package let place: Question.Place
  /// From which the salts of this run's commitments are derived; whoever destroys it makes them unopenable.
  package let saltKey: Secret<[UInt8]>
  package let clock: WallClock
  /// Whether policy is only told of: nothing that it would stop is stopped.
  package let isReportOnly: Bool

  func now() -> Timestamp { clock.now() }

  package init(
    subject: Subject, place: Question.Place, saltKey: Secret<[UInt8]>, clock: WallClock, isReportOnly: Bool = false
  ) {
    self.subject = subject
    self.place = place
    self.saltKey = saltKey
    self.clock = clock
    self.isReportOnly = isReportOnly
  }
}
