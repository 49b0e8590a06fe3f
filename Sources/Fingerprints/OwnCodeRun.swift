/// A stretch of a view that stands in one file, too.
struct OwnCodeRun: Sendable {
  let kind: GramKind
  let file: FingerprintSet.FileNumber
  /// The units between which it lies, counted in the view.
  private(set) var first: Int
  private(set) var last: Int
  /// Where it lies in the message, but for what is in ``unlocated``.
  private(set) var span: Range<Int>?
  /// What the message has not been asked yet where it stands, in the view: of most runs it is of no interest.
  private(set) var unlocated: Range<Int>?
  /// Each stretch of the message that its fingerprints cover, where somebody wants to know.
  private(set) var places: [Range<Int>] = []
  /// Fingerprints that are different from the last few.
  private(set) var hits = 1
  private var recent: SIMD4<UInt32>

  /// - Parameters:
  ///   - last: counted in units.
  ///   - range: of the fingerprint in the view.
  init(_ kind: GramKind, _ hash: UInt32, in file: FingerprintSet.FileNumber, endingAt last: Int, _ range: Range<Int>) {
    self.kind = kind
    self.file = file
    self.first = last - (kind == .characters ? FingerprintLimits.characters : FingerprintLimits.tokens)
    self.last = last
    unlocated = range
    recent = SIMD4(repeating: hash)
  }

  /// Characters or tokens from the first to the last that is known to be the same.
  var length: Int { last - first }

  /// Whether what comes next may be the same run.
  @inline(__always)
  func reaches(_ position: Int) -> Bool {
    // Of what stands in both, one in each window is in the index; one may be missing, being common or public.
    let window =
      kind == .characters ? FingerprintLimits.characterWindow : FingerprintLimits.tokenWindow
    return position - last <= 2 * window + (kind == .characters ? 0 : FingerprintLimits.tokens / 2)
  }

  mutating func extend(_ hash: UInt32, endingAt position: Int, _ range: Range<Int>) {
    last = position
    let start = min(unlocated?.lowerBound ?? range.lowerBound, range.lowerBound)
    unlocated = start..<max(unlocated?.upperBound ?? range.upperBound, range.upperBound)
    guard !any(recent .== SIMD4(repeating: hash)) else { return }
    recent[hits & 3] = hash
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
