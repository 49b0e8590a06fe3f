internal import Catalog
internal import Evidence
internal import Policy
package import Wire

/// What a client is told where policy ended the answer to its request, in its own dialect.
package struct EndedAnswer: Sendable {
  package let status = 403
  package let fields: [HTTPField]
  /// The whole of an answer, where nothing of the other one was passed on.
  package let body: [UInt8]
  /// The last that a stream says which has begun; `nil` where its form has no way to say it.
  package let farewell: [UInt8]?
  /// One sentence: whose answer was ended, why, by which rule, and what to do about it.
  package let sentence: String

  init(_ decision: Decision, of terms: AnswerTerms, as form: AnswerForm) {
    sentence = decision.endedSentence(of: terms.question.shownDestination ?? terms.question.destination)
    let dialect = RefusalDialect(terms.dialect)
    body = dialect.body(sentence: sentence, rule: decision.rule)
    fields = Refusal.fields(decision.rule)
    switch form {
    case .events: farewell = dialect.event(body)
    case .lines: farewell = body + [UInt8(ascii: "\n")]
    case .frames, .messages, .document: farewell = nil
    }
  }
}
