internal import Evidence

/// What is told of one message: everything, up to how much helps. Of many things of one kind some are as good as all;
/// anything else that is not kept would hide behind what is, so that the message then counts as not looked into.
struct KeptSightings {
  private(set) var all: [Sighting] = []
  /// By detector, one of those beyond as many as are told one by one.
  private(set) var numerous: [String: Sighting] = [:]
  /// Something was not kept that nothing else stands for.
  private(set) var isOverfull = false
  private var counts: [Kind: Int] = [:]
  /// Of ``all``, those whose kind may be one finding for many: they take no room from the others.
  private var ofTables = 0

  private struct Kind: Hashable {
    let detector: String
    let grade: Grade
  }

  /// - Returns: whether there was room.
  mutating func keep(_ sighting: Sighting) -> Bool {
    let kind = Kind(detector: sighting.detector, grade: sighting.grade)
    let mayBeMany = Self.comesInTables(sighting.dataClass)
    let most =
      sighting.grade == .note
      ? InspectionLimits.findingsOfOneNote
      : mayBeMany ? InspectionLimits.findingsOfOneKind : InspectionLimits.maximumFindings
    let isFull = mayBeMany && ofTables >= InspectionLimits.maximumFindings
    guard counts[kind, default: 0] < most, !isFull else {
      if sighting.grade != .note {
        if most < InspectionLimits.maximumFindings { numerous[sighting.detector] = sighting } else { isOverfull = true }
      }
      return false
    }
    guard mayBeMany || all.count - ofTables < InspectionLimits.maximumFindings else {
      isOverfull = true
      return false
    }
    counts[kind, default: 0] += 1
    if mayBeMany { ofTables += 1 }
    all.append(sighting)
    return true
  }

  private static func comesInTables(_ dataClass: DataClass) -> Bool {
    switch dataClass {
    case .personal, .financial, .proprietary, .hiddenText, .injection: true
    case .credential, .canary, .opaque: false
    }
  }
}
