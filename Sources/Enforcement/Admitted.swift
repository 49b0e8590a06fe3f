package import Evidence

/// The witness that a message's evidence is durable.
///
/// Only ``Chamber`` makes one, and only after the ledger said that the entry is durable. The function that lets the
/// last byte go takes it, so promise 3 is kept by the compiler: without a witness there is nothing to call.
package struct Admitted: ~Copyable {
  /// The exchange as it stands in the record, with the index of its ledger entry.
  package let exchange: Exchange
  /// By which its answer is judged.
  package let terms: AnswerTerms

  init(recorded exchange: Exchange, terms: AnswerTerms) {
    self.exchange = exchange
    self.terms = terms
  }
}

/// What the chamber says of a message.
package enum Verdict: ~Copyable {
  /// It may go on as it is.
  case admitted(Admitted)
  /// It may go on with this body in place of its own.
  case redacted(Admitted, body: [UInt8])
  /// It does not go on; the client is told.
  case refused(Refusal)
}
