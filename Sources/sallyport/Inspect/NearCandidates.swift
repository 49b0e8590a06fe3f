internal import Evidence
internal import Inspection

/// Places at which detectors saw something that is no finding for one reason: what is near it in a text is one line.
struct NearCandidates {
  /// Of the place that they are told at; within something that was found, of that.
  let start: Int
  /// Empty within something that was found.
  let layers: [String]
  let reason: Reason
  private(set) var candidates: [Candidate]

  /// Why they are none, without what differs from detector to detector.
  enum Reason: Int {
    case sample, refuted, tooEven, noContext, noKeyword, beginsOnly

    init?(_ outcome: Candidate.Outcome) {
      switch outcome {
      case .beginsOnly: self = .beginsOnly
      case .judged(.found): return nil
      case .judged(.dismissed(let dismissal)):
        switch dismissal {
        case .sample: self = .sample
        case .refuted: self = .refuted
        case .tooEven: self = .tooEven
        case .noContext: self = .noContext
        case .noKeyword: self = .noKeyword
        }
      }
    }

    var text: String {
      switch self {
      case .sample: "it looks like one in documentation: EXAMPLE, or three different characters at most"
      case .refuted: "their checks say it is none"
      case .tooEven: "its bytes are too even"
      case .noContext: "none of their words is near"
      case .noKeyword: "none of their keywords stands before it"
      case .beginsOnly: "begins like it, but the patterns do not match what follows"
      }
    }
  }

  private struct Key: Hashable {
    let start: Int
    let layers: [String]
    let reason: Reason
  }

  var detectors: Set<String> { Set(candidates.map(\.detector.id)) }

  /// In the order of their places, at each those first that came closest.
  static func grouped(_ candidates: [Candidate], apartFrom found: [Candidate]) -> [NearCandidates] {
    var groups: [NearCandidates] = []
    var numbers: [Key: Int] = [:]
    for candidate in candidates {
      guard let reason = Reason(candidate.outcome) else { continue }
      let outer = found.first {
        $0.span.start <= candidate.span.start && candidate.span.end <= $0.span.end
      }
      let key = Key(
        start: outer?.span.start ?? candidate.span.start, layers: outer == nil ? candidate.layers : [], reason: reason)
      if let number = numbers[key] {
        groups[number].candidates.append(candidate)
      } else {
        numbers[key] = groups.count
        groups.append(
          NearCandidates(start: key.start, layers: key.layers, reason: reason, candidates: [candidate]))
      }
    }
    return groups.sorted { left, right in
      (left.start, left.layers.count, left.reason.rawValue) < (right.start, right.layers.count, right.reason.rawValue)
    }
  }
}
