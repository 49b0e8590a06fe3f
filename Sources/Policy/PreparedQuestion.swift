internal import Evidence
internal import Patterns

/// A question with what several rules ask of it, computed once.
struct PreparedQuestion {
  let question: Question
  let target: RequestTarget
  let kinds: Set<DestinationKind>

  init(_ question: Question, granted: [DestinationPattern]) {
    self.question = question
    self.target = RequestTarget(question.path)
    var kinds: Set<DestinationKind> = []
    if AddressLiteral.looksLikeAddress(question.destination.host) { kinds.insert(.literal) }
    if granted.contains(where: { $0.matches(question.destination) }) { kinds.insert(.granted) }
    self.kinds = kinds
  }
}
