/// A stretch of a view that stands in one file, too: its fingerprints are as far from each other there as here.
struct OwnCodeRun: Sendable {
  let kind: GramKind
  let file: FingerprintSet.FileNumber
  let shift: UInt8
  /// The units between which it lies, counted in the view.
  private(set) var first: Int
  private(set) var last: Int
  /// Where it lies in the message, but for what is in ``unlocated``.
  private(set) var span: Range<Int>?
  /// What the message has not been asked yet where it stands, in the view.
  private(set) var unlocated: Range<Int>?
  /// Each stretch of the message that its fingerprints cover, where somebody wants to know.
  private(set) var places: [Range<Int>] = []
  /// Fingerprints that are different from the last few.
  private(set) var hits = 1
  private var recent: SIMD4<UInt32>
  /// Those before the last four.
  private var earlier: SIMD4<UInt32>

  init(_ hit: OwnCodeHit) {
    kind = hit.kind
    file = hit.file
    shift = hit.shift
    first = hit.last - (hit.kind == .characters ? FingerprintLimits.characters : FingerprintLimits.tokens)
    last = hit.last
    span = hit.span
    unlocated = hit.span == nil ? hit.range : nil
    recent = SIMD4(repeating: hit.hash)
    earlier = recent
  }

  /// Characters or tokens from the first to the last that is known to be the same.
  var length: Int { last - first }

  /// What tells which fingerprints are of it.
  var key: UInt64 { file.key(at: shift) }

  mutating func extend(_ hit: OwnCodeHit) {
    last = hit.last
    let start = min(unlocated?.lowerBound ?? hit.range.lowerBound, hit.range.lowerBound)
    unlocated = start..<max(unlocated?.upperBound ?? hit.range.upperBound, hit.range.upperBound)
    let hash = SIMD4(repeating: hit.hash)
    guard !any((recent .== hash) .| (earlier .== hash)) else { return }
    if hits & 3 == 0 { earlier = recent }
    recent[hits & 3] = hit.hash
    hits += 1
  }

  /// Asks where it lies in the message, as long as the view knows.
  mutating func locate(_ place: (Range<Int>) -> Range<Int>) {
    guard let unlocated else { return }
    let found = place(unlocated)
    let start = min(span?.lowerBound ?? found.lowerBound, found.lowerBound)
    span = start..<max(start, span?.upperBound ?? found.upperBound, found.upperBound)
    self.unlocated = nil
  }

  /// One of its fingerprints covers these bytes of the message.
  mutating func note(_ place: Range<Int>) {
    if let last = places.last, last.overlaps(place) {
      places[places.count - 1] = min(last.lowerBound, place.lowerBound)..<max(last.upperBound, place.upperBound)
    } else {
      places.append(place)
    }
  }
}
