internal import Evidence
internal import FileInspection
internal import Inspection
internal import Presentation

/// Why places of one text are findings or none, for people and for machines. What stands there is not told.
struct CandidatesText {
  let path: String
  let candidates: [Candidate]
  /// Those that a policy can allow, in the order of the text.
  private let allowable: [Finding]
  private let places: [Int: TextPlace]

  /// - Parameter findings: of the same text.
  init(path: String, bytes: [UInt8], candidates: [Candidate], findings: [Finding] = []) {
    self.path = path
    self.candidates = candidates
    allowable = findings.filter { $0.fingerprint != nil && $0.dataClass != .canary && $0.table == nil }
    places = TextPlace.places(of: candidates.map(\.span.start) + allowable.map(\.span.start), in: bytes)
  }

  /// First what was found, then what nearly was.
  func lines(columns: Int) -> [Line] {
    guard !candidates.isEmpty else { return [Line(Piece("no detector's pattern matches here, or begins to", .muted))] }
    let found = found
    let near = NearCandidates.grouped(candidates, apartFrom: found)
    var table = Table([
      .init("place", ellipsis: .atStart), .init("detector", ellipsis: .atEnd), .init("found"),
      .init("why", ellipsis: .atEnd),
    ])
    table.rows = found.map(row) + near.map(row)
    let others = candidates.count { !$0.isFound }
    var summary = found.count.counted("finding")
    if others > 0 { summary += "; \(others.counted("match", "matches")) of what is none (--json tells each)" }
    return table.lines(columns: columns) + [Line()] + fingerprints + [Line(Piece(summary, .strong))]
  }

  /// Each thing once of a detector, under the fewest encodings.
  private var found: [Candidate] {
    var kept: [Candidate] = []
    for candidate in candidates.filter(\.isFound).sorted(by: { $0.layers.count < $1.layers.count })
    where !kept.contains(where: { $0.detector == candidate.detector && $0.span == candidate.span }) {
      kept.append(candidate)
    }
    return kept.sorted { ($0.span.start, $0.span.end, $0.detector.id) < ($1.span.start, $1.span.end, $1.detector.id) }
  }

  /// By what a policy knows what was found, each once.
  private var fingerprints: [Line] {
    var seen: Set<String> = []
    let values = allowable.compactMap { finding in
      finding.fingerprint.flatMap { seen.insert($0).inserted ? (finding, $0) : nil }
    }
    return values.map { finding, fingerprint in
      Line(
        place(finding.span.start), Piece(" \(finding.detector): for allow-findings in a policy, fingerprint ", .muted),
        Piece(fingerprint))
    } + (values.isEmpty ? [] : [Line()])
  }

  private func place(_ start: Int) -> Piece {
    Piece(Sanitised(path).text + (places[start].map { ":\($0.line):\($0.column)" } ?? ""))
  }

  private func row(_ candidate: Candidate) -> [Piece] {
    let verdict: Piece
    if case .judged(.found(let grade, _)) = candidate.outcome {
      verdict = Piece(grade.rawValue, grade == .block ? .bad : .notice)
    } else {
      verdict = Piece("no", .muted)
    }
    return [
      place(candidate.span.start), Piece(candidate.detector.id), verdict,
      Piece(Sanitised(Self.reasons(candidate).joined(separator: "; ")).text),
    ]
  }

  private func row(_ near: NearCandidates) -> [Piece] {
    if near.candidates.count == 1 { return row(near.candidates[0]) }
    let detectors = near.detectors.count == 1 ? near.candidates[0].detector.id : "\(near.detectors.count) detectors"
    let layers = near.layers.isEmpty ? [] : ["under " + near.layers.joined(separator: ", ")]
    return [
      place(near.start), Piece(detectors), Piece("no", .muted),
      Piece((layers + [near.reason.text]).joined(separator: "; ")),
    ]
  }

  static func reasons(_ candidate: Candidate) -> [String] {
    let layers = candidate.layers.isEmpty ? [] : ["under " + candidate.layers.joined(separator: ", ")]
    switch candidate.outcome {
    case .beginsOnly: return layers + ["begins like it, but the pattern does not match what follows"]
    case .judged(.dismissed(let dismissal)): return layers + [reason(dismissal)]
    case .judged(.found(_, let reasons)): return layers + Self.reasons(reasons, candidate.detector)
    }
  }

  private static func reason(_ dismissal: Judgement.Dismissal) -> String {
    switch dismissal {
    case .sample: NearCandidates.Reason.sample.text
    case .noKeyword(let words): "none of its keywords stands before it: " + some(words)
    case .noContext(let words): "none of its words is near: " + some(words)
    case .tooEven(let bits, let least): "\(tenths(bits)) bits a byte, and it asks for \(tenths(least))"
    case .refuted(let check): "the check \(check) says it is none"
    }
  }

  private static func reasons(_ reasons: Judgement.Reasons, _ detector: DetectorRule) -> [String] {
    var texts = ["its pattern matches"]
    switch reasons.isInContext {
    case true?:
      texts.append(reasons.isOfColumn ? "one of its words stands over its column" : "one of its words is near")
    case false?: texts.append("none of its words is near, which makes it less certain")
    case nil: break
    }
    if reasons.isDocumented {
      texts.append("it is one that is published for tests or in documentation, which makes it less certain")
    } else if let check = reasons.check {
      texts.append(
        reasons.isDoubtful ? "the check \(check) fails, which makes it less certain" : "the check \(check) holds")
    }
    return texts
  }

  private static func some(_ words: [String]) -> String {
    words.prefix(5).joined(separator: ", ") + (words.count > 5 ? " and \(words.count - 5) more" : "")
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  var json: JSONValue {
    .array(
      candidates.map { candidate in
        let place = places[candidate.span.start]
        let finding = allowable.first { $0.detector == candidate.detector.id && $0.span == candidate.span }
        var members: [String: JSONValue] = [
          "path": .string(path), "line": .integer(place?.line ?? 0), "column": .integer(place?.column ?? 0),
          "span": [.integer(candidate.span.start), .integer(candidate.span.end)],
          "detector": .string(candidate.detector.id), "found": .bool(candidate.isFound),
          "layers": .array(candidate.layers.map { .string($0) }),
          "why": .array(Self.reasons(candidate).map { .string($0) }),
        ]
        members["fingerprint"] = finding?.fingerprint.map { .string($0) }
        return .object(members)
      })
  }
}
