internal import Decoding
internal import Evidence
internal import Inspection
internal import Policy
package import Wire

extension Chamber {
  /// Who looks into the answer to an admitted message; `nil` where it is of a form that is not looked into.
  package func inspection(of head: ResponseHead, to terms: AnswerTerms) -> AnswerInspection? {
    guard let detectors = engines.answerDetectors,
      let form = AnswerForm(head, isModel: terms.question.purpose == .model)
    else { return nil }
    guard head.isPartOfCompressed else { return inspection(form, head.fields.content, terms, detectors) }
    let inspection = inspection(form, .none, terms, detectors)
    inspection.miss("partial-content")
    return inspection
  }

  /// Who looks into what a server says over a connection that stays open.
  package func messageInspection(to terms: AnswerTerms) -> AnswerInspection? {
    engines.answerDetectors.map { inspection(.frames, .none, terms, $0) }
  }

  private func inspection(
    _ form: AnswerForm, _ content: ContentDescription, _ terms: AnswerTerms, _ detectors: DetectorSet
  ) -> AnswerInspection {
    AnswerInspection(
      form, content: content, terms: terms, detectors: detectors, policy: engines.policy,
      limits: engines.decodingLimits, run: run)
  }
}

extension ResponseHead {
  /// Whether it brings a piece of something compressed (RFC 9110 §15.3.7), which only who has what is before it can
  /// decompress.
  fileprivate var isPartOfCompressed: Bool {
    status == 206 && fields.content.contentCodings.contains { $0 != "identity" }
  }
}
