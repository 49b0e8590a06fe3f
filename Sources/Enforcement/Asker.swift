package import Evidence

/// Puts a question to a person.
package protocol Asker: Sendable {
  /// Answers once, from any thread; with `no` where nobody answers in time.
  func ask(_ exchange: Exchange, answer: @escaping @Sendable (Answer) -> Void)
}

/// What a person said.
package enum Answer: Sendable, Hashable {
  case yes
  case no
  /// Nobody spoke in time, or there is nobody to ask; counts as no.
  case silence
}
