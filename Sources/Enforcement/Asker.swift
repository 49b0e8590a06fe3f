package import Evidence

/// Puts a question to a person.
package protocol Asker: Sendable {
  /// Answers once, from any thread; with `no` where nobody answers in time.
  func ask(_ exchange: Exchange, answer: @escaping @Sendable (Answer) -> Void)
}
