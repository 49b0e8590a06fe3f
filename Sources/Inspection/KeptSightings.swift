internal import Evidence

/// What is told of one message: everything, up to how much helps. Of many things of one kind some are as good as all, so
/// that each kind has some of its own.
struct KeptSightings {
  private(set) var all: [Sighting] = []
  /// For editing: all of them, up to as many as are replaced.
  private let isForEditing: Bool
  /// Those of a detector and class beyond as many as are told one by one.
  private(set) var numerous: [Many: UntoldSightings] = [:]
  /// Places known in ``numerous``.
  private var untoldPlaces = 0
  /// For editing: something was not kept.
  private(set) var isOverfull = false
  private var counts: [Kind: Int] = [:]
  /// Of ``all``, those whose kind may be one finding for many: they take no room from the others.
  private var ofTables = 0

  /// One detector finds things of several tables of one's own, each of its class.
  struct Many: Hashable {
    let detector: String
    let dataClass: DataClass
    /// The user's own that values are of.
    let table: String?

    init(_ sighting: Sighting) {
      (detector, dataClass, table) = (sighting.detector, sighting.dataClass, sighting.ownRow?.table)
    }
  }

  private struct Kind: Hashable {
    let many: Many
    let grade: Grade
  }

  init(isForEditing: Bool = false) { self.isForEditing = isForEditing }

  mutating func keep(_ sighting: Sighting) {
    guard !isForEditing else {
      if all.count < InspectionLimits.maximumEdits { all.append(sighting) } else { isOverfull = true }
      return
    }
    let kind = Kind(many: Many(sighting), grade: sighting.grade)
    let mayBeMany = Self.comesInTables(sighting.dataClass)
    let most = sighting.grade == .note ? InspectionLimits.findingsOfOneNote : InspectionLimits.findingsOfOneKind
    let isFull = (mayBeMany ? ofTables : all.count - ofTables) >= InspectionLimits.maximumFindings
    let told = counts[kind, default: 0]
    let room = all.count < InspectionLimits.maximumKept ? InspectionLimits.findingsOfAnyKind : 0
    guard told < (isFull ? room : most) else {
      if sighting.grade != .note { count(sighting, kind.many) }
      return
    }
    counts[kind, default: 0] += 1
    if mayBeMany { ofTables += 1 }
    all.append(sighting)
  }

  private mutating func count(_ sighting: Sighting, _ many: Many) {
    let mayKnowMore = untoldPlaces < InspectionLimits.untoldPlaces
    let first = UntoldSightings(
      sighting, beside: numerous[many] == nil ? all.filter { Many($0) == many } : [])
    untoldPlaces += numerous[many, default: first].add(sighting, mayKnowMore: mayKnowMore)
  }

  /// What they take in memory.
  var heldBytes: Int {
    (all.count + numerous.count) * Sighting.heldBytes
      + (untoldPlaces + numerous.count * InspectionLimits.maximumFindings) * UntoldSightings.placeBytes
  }

  private static func comesInTables(_ dataClass: DataClass) -> Bool {
    switch dataClass {
    case .personal, .financial, .proprietary, .hiddenText, .injection: true
    case .credential, .canary, .opaque: false
    }
  }
}
