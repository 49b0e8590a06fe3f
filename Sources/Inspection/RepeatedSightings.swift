internal import Evidence

/// Several readings of one value: it is told once, as what says the most of it, and as surely as any of them does.
enum RepeatedSightings {
  /// - Parameter sightings: of each detector a thing once.
  static func merged(_ sightings: [Sighting]) -> [Sighting] {
    var kept: [Sighting] = []
    // Of ``kept``.
    var credentials: [Int] = []
    for sighting in sightings {
      guard sighting.dataClass == .credential else {
        kept.append(sighting)
        continue
      }
      if let other = credentials.first(where: { kept[$0].isSameValue(as: sighting) }) {
        let (grade, severity) = (
          kept[other].grade.stricter(sighting.grade), kept[other].severity.worse(sighting.severity)
        )
        if sighting.saysMore(than: kept[other]) { kept[other] = sighting }
        (kept[other].grade, kept[other].severity) = (grade, severity)
      } else {
        credentials.append(kept.count)
        kept.append(sighting)
      }
    }
    let told = credentials.map { kept[$0] }.filter { $0.grade != .note }
    return told.isEmpty ? kept : kept.filter { sighting in !told.contains { sighting.beginsWithin($0) } }
  }
}

extension Sighting {
  /// Whether both are the same credential: one generic detector's reading within another's, or one beneath the encoding
  /// that the other is.
  fileprivate func isSameValue(as other: Sighting) -> Bool {
    if isGeneric, other.isGeneric { return has(other) || other.has(self) }
    return isAllBeneath(other) || other.isAllBeneath(self)
  }

  /// Whether it says more than another that is the same: more of the text, or the same with more certainty.
  fileprivate func saysMore(than other: Sighting) -> Bool {
    isGeneric && other.isGeneric ? !other.has(self) : other.grade.rank < grade.rank
  }

  private func has(_ other: Sighting) -> Bool {
    guard overlaps(other) else { return false }
    let (outer, inner) = view == other.view ? (secret, other.secret) : (span, other.span)
    return outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }

  /// Whether it is all that another is the encoded form of, as a token is that a Kubernetes Secret has in base64.
  private func isAllBeneath(_ other: Sighting) -> Bool {
    layers.count > other.layers.count && layers.starts(with: other.layers) && !isCoarse && !other.isCoarse
      && span.lowerBound == other.span.lowerBound
      // In base64 the last byte may share its digits with what pads it.
      && abs(span.upperBound - other.span.upperBound) <= 3
  }

  /// Whether something of a person begins within a credential and ends behind it: the end of a password and a host have
  /// the shape of an address of mail.
  fileprivate func beginsWithin(_ credential: Sighting) -> Bool {
    dataClass == .personal && view == credential.view && overlaps(credential) && credential.grade.rank >= grade.rank
      && credential.secret.lowerBound < secret.lowerBound && credential.secret.upperBound < secret.upperBound
  }
}

extension Severity {
  fileprivate func worse(_ other: Severity) -> Severity { rank < other.rank ? other : self }
}

extension Grade {
  func stricter(_ other: Grade) -> Grade { rank < other.rank ? other : self }
}
