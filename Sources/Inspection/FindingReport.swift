internal import Decoding
internal import Evidence

/// Sightings and issues of one message as findings: each thing once, in the order of their places.
enum FindingReport {
  static func findings(
    _ seen: Seen, _ tables: [Finding], _ issues: [DecodingIssue], receivedBytes: Int, place: Finding.Place
  ) -> [Finding] {
    let sightings = seen.sightings
    let canaries = sightings.filter { $0.dataClass == .canary }
    // A canary has the shape of the credential that it stands for, and is not found a second time as one.
    let others =
      canaries.isEmpty
      ? sightings
      : sightings.filter { sighting in
        sighting.dataClass == .canary || !canaries.contains { sighting.isNothingBut($0) }
      }
    var findings = RepeatedSightings.merged(distinct(others)).map { sighting in
      Finding(
        detector: sighting.detector, dataClass: sighting.dataClass, grade: sighting.grade,
        severity: sighting.severity, place: place, span: Span(sighting.span.lowerBound, sighting.span.upperBound),
        layers: sighting.layers,
        fingerprint: sighting.fingerprint, ownRow: sighting.ownRow)
    }
    findings += issues.map { issue in
      Finding(
        detector: issue.kind.rawValue, dataClass: .opaque, grade: .block, place: place,
        span: Span(issue.start, max(issue.start, issue.end)), layers: issue.layers)
    }
    // Without a fingerprint: nobody takes it for one that is known, and nobody redacts it.
    findings += untold(seen).filter { $0.count > 0 }.map { untold, count in
      Finding(
        detector: untold.example.detector, dataClass: untold.example.dataClass, grade: untold.example.grade,
        severity: untold.example.severity, place: place, span: Span(0, receivedBytes),
        ownRow: untold.example.ownRow.map { OwnRow(table: $0.table) }, more: count)
    }
    findings += tables
    if seen.hasFailed {
      findings.append(
        Finding(
          detector: "inspection-limit", dataClass: .opaque, grade: .block, place: place, span: Span(0, receivedBytes)))
    }
    return findings.sorted(by: precedes)
  }

  /// Those that are not told one by one, with how many they are: a generic detector gives way here, too.
  private static func untold(_ seen: Seen) -> [(UntoldSightings, count: Int)] {
    let specific = seen.numerous.values.filter { !$0.example.isGeneric }
    return seen.numerous.values.map { untold in
      guard untold.example.isGeneric else { return (untold, untold.count) }
      let (dataClass, sightings) = (untold.example.dataClass, seen.sightings)
      return (
        untold,
        untold.count(
          without: specific.lazy.filter { $0.example.dataClass == dataClass },
          sightings.lazy.filter { !$0.isGeneric && $0.dataClass == dataClass })
      )
    }
  }

  /// A thing seen in several views is reported where the fewest encodings had to be taken off of all that any sees of it,
  /// and as sure as it is in any: the words that say what it is may be turned where it is not. A generic detector gives
  /// way to a specific one on the same bytes.
  private static func distinct(_ sightings: [Sighting]) -> [Sighting] {
    let ordered = sightings.sorted { left, right in
      let ranks = (rank(left), rank(right))
      return ranks.0 != ranks.1
        ? ranks.0.lexicographicallyPrecedes(ranks.1) : left.layers.lexicographicallyPrecedes(right.layers)
    }
    var kept: [Sighting] = []
    var known: [KeptSightings.Many: [Int]] = [:]
    for sighting in ordered {
      let many = KeptSightings.Many(sighting)
      // Generic ones are the last.
      let givesWay = sighting.isGeneric && kept.contains { !$0.isGeneric && sighting.givesWay(to: $0) }
      if let seen = known[many]?.first(where: { isSame(kept[$0], sighting) }) {
        if !givesWay { kept[seen] = kept[seen].asSeen(in: sighting) }
        continue
      }
      guard !givesWay else { continue }
      known[many, default: []].append(kept.count)
      kept.append(sighting)
    }
    return kept
  }

  private static func rank(_ sighting: Sighting) -> [Int] {
    [
      sighting.isGeneric ? 1 : 0, sighting.layers.count, sighting.order, sighting.span.lowerBound,
      sighting.span.upperBound, sighting.secret.lowerBound,
      // The surest first, where one detector has several answers.
      -sighting.grade.rank,
    ]
  }

  /// Two readings of one place, of which one is turned, may be two values.
  private static func isSame(_ first: Sighting, _ second: Sighting) -> Bool {
    if first.isTurned != second.isTurned, first.fingerprint != second.fingerprint { return false }
    if first.isCoarse || second.isCoarse {
      return first.fingerprint == second.fingerprint && first.span.overlaps(second.span)
    }
    return first.overlaps(second)
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    let keys = (
      [left.span.start, left.span.end, left.layers.count], [right.span.start, right.span.end, right.layers.count]
    )
    if keys.0 != keys.1 { return keys.0.lexicographicallyPrecedes(keys.1) }
    let names = (
      [left.detector, left.ownRow?.table ?? "", left.fingerprint ?? ""] + left.layers,
      [right.detector, right.ownRow?.table ?? "", right.fingerprint ?? ""] + right.layers
    )
    return names.0.lexicographicallyPrecedes(names.1)
  }
}

extension Sighting {
  /// The whole of a thing of which this is a part, such as the first of two strings that are put together; or this, as sure
  /// as the same is elsewhere.
  fileprivate func asSeen(in other: Sighting) -> Sighting {
    var seen = self
    // What is surer of less has been checked: the rest is what stands behind it.
    let isLess = other.reachesBeyond(self) && (isGeneric || other.grade.rank >= grade.rank)
    if isLess || other.isKeyOf(self) {
      seen = other
      seen.grade = grade.stricter(other.grade)
    } else if fingerprint == other.fingerprint, other.grade.rank > grade.rank {
      seen.grade = other.grade
      seen.ownRow = other.ownRow
    }
    return seen
  }

  /// What stands beside a key's lines is none of it.
  private func isKeyOf(_ other: Sighting) -> Bool {
    isArmored && layers.dropLast().elementsEqual(other.layers) && span == other.span && grade.rank >= other.grade.rank
  }

  private func reachesBeyond(_ other: Sighting) -> Bool {
    !isCoarse && !other.isCoarse && span != other.span
      && span.lowerBound <= other.span.lowerBound && other.span.upperBound <= span.upperBound
  }
}
