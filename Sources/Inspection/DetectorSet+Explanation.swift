package import Decoding
internal import Evidence

extension DetectorSet {
  /// Every place of a message at which a detector's pattern matches or begins to, and why it is a finding or none.
  ///
  /// Slow: for one text that somebody wonders about. Places are told up to ``InspectionLimits/maximumCandidates``.
  package func explain(_ bytes: [UInt8], content: ContentDescription = .none) -> [Candidate] {
    let scanner = MessageScanner(self, explains: true)
    let tree = DecodingTree(content, limits: .standard, keepsEverything: true, expected: bytes.count, observer: scanner)
    bytes.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    // What words led to was found twice.
    var known: Set<Candidate> = []
    let matched = scanner.candidates.filter { known.insert($0).inserted }
    let candidates = matched + beginnings(in: bytes, apartFrom: matched)
    return candidates.prefix(InspectionLimits.maximumCandidates).sorted { left, right in
      (left.span.start, left.span.end, left.layers.count, left.detector.id)
        < (right.span.start, right.span.end, right.layers.count, right.detector.id)
    }
  }

  /// Places that begin with the letters that a pattern begins with, where it does not match.
  private func beginnings(in bytes: [UInt8], apartFrom matched: [Candidate]) -> [Candidate] {
    let known = Set(matched.map { Place(detector: $0.detector.id, start: $0.span.start) })
    var found: [Candidate] = []
    for pattern in patterns {
      let literal = pattern.literalBeginning
      guard literal.count >= InspectionLimits.shortestBeginning else { continue }
      for start in bytes.indices where bytes[start] == literal[0] && bytes[start...].starts(with: literal) {
        for owner in pattern.owners where !known.contains(Place(detector: owner.rule.id, start: start)) {
          found.append(
            Candidate(
              detector: owner.rule, span: Span(start, start + literal.count), layers: [], outcome: .beginsOnly))
        }
        guard found.count < InspectionLimits.maximumCandidates else { return found }
      }
    }
    return found
  }

  private struct Place: Hashable {
    let detector: String
    let start: Int
  }
}
