internal import Catalog
internal import Evidence
internal import Policy

/// What has to be known of an admitted message to judge what comes back.
package struct AnswerTerms: Sendable {
  /// About the message, without what was found in it.
  let question: Question
  let dialect: Dialect?

  init(_ question: Question, dialect: Dialect? = nil) {
    self.question = question
    self.dialect = dialect
  }

  /// - Parameter sent: what went to the same host before the message.
  init(_ decided: Decided, run: RunFacts, sent: SentBefore.Amount) {
    var question = Decided.question(about: decided.inspected, run: run, sent: sent, agreed: .init())
    question.findings = []
    question.attributed = Attributed()
    self.question = question
    dialect = decided.inspected.recognition.dialect
  }
}
