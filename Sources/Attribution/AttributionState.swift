/// What is known of a message besides the text that waits to be compared.
struct AttributionState {
  var claims: [SourceClaim] = []
  var common: Set<UInt32> = []
  /// Where claims stand in what the share is counted of.
  var places: [Range<Int>] = []
  var gatheredBytes = 0
  var isTooLarge = false
  /// What the share is counted of: the message, or its text where all of it is compressed.
  var measured = 0
  var measuredBytes = 0
  /// What segments were compared with, if any was; of several the one that is current for none.
  private weak var segmentsStore: LineStore?
  private var segmentsDocuments = Self.noSegments

  private static let noSegments = -1

  /// A segment is compared with the snapshot.
  mutating func noteSegment(in snapshot: IndexSnapshot) {
    let isFirst = segmentsDocuments == Self.noSegments
    guard isFirst || segmentsStore === snapshot.store && segmentsDocuments == snapshot.documentCount else {
      // Of two indexes: what comes of both no other message would find again.
      return segmentsStore = nil
    }
    segmentsStore = snapshot.store
    segmentsDocuments = snapshot.documentCount
  }

  /// Whether what was compared already would be compared with the same again.
  func isCurrent(in index: SourceIndex) -> Bool {
    guard segmentsDocuments != Self.noSegments else { return true }
    guard let snapshot = index.snapshot else { return false }
    return segmentsStore === snapshot.store && segmentsDocuments == snapshot.documentCount
  }
}
