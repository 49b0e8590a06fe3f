/// A stretch of a view that stands in one file, too.
struct OwnCodeRun {
  let kind: GramKind
  let file: FingerprintSet.FileNumber
  /// The units between which it lies, counted in the view.
  private(set) var first: Int
  private(set) var last: Int
  /// Where it lies in the message.
  private(set) var span: Range<Int>
  /// Fingerprints that are different from the last few.
  private(set) var hits = 1
  private var recent: SIMD4<UInt32>

  init(_ kind: GramKind, _ hash: UInt32, in file: FingerprintSet.FileNumber, endingAt last: Int, _ span: Range<Int>) {
    self.kind = kind
    self.file = file
    self.first = last - (kind == .characters ? FingerprintLimits.characters : FingerprintLimits.tokens)
    self.last = last
    self.span = span
    recent = SIMD4(repeating: hash)
  }

  /// Characters or tokens from the first to the last that is known to be the same.
  var length: Int { last - first }

  /// Whether what comes next may be the same run.
  func reaches(_ position: Int) -> Bool {
    // Of what stands in both, one in each window is in the index; one may be missing, being common or public.
    let window =
      kind == .characters ? FingerprintLimits.characterWindow : FingerprintLimits.tokenWindow
    return position - last <= 2 * window + (kind == .characters ? 0 : FingerprintLimits.tokens / 2)
  }

  mutating func extend(_ hash: UInt32, endingAt position: Int, _ end: Int) {
    last = position
    span = span.lowerBound..<max(span.lowerBound, span.upperBound, end)
    guard !any(recent .== SIMD4(repeating: hash)) else { return }
    recent[hits & 3] = hash
    hits += 1
  }
}
