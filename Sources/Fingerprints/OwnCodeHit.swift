/// A fingerprint of a view that stands in a file, too. Most are there by chance.
struct OwnCodeHit: Sendable {
  let kind: GramKind
  let hash: UInt32
  let file: FingerprintSet.FileNumber
  /// How far on it is in its file than in the view, in the lowest bits; 0 where places are not known.
  let shift: UInt8
  /// The unit of the view that it ends before.
  let last: Int
  /// In the view.
  let range: Range<Int>
  /// In the message, where that is known.
  var span: Range<Int>?

  /// - Parameters:
  ///   - place: in the file.
  ///   - last: counted in units.
  ///   - range: in the view.
  @inline(__always)
  init(
    _ kind: GramKind, _ hash: UInt32, in file: FingerprintSet.FileNumber, at place: UInt8, endingAt last: Int,
    _ range: Range<Int>
  ) {
    (self.kind, self.hash, self.file, self.last, self.range) = (kind, hash, file, last, range)
    shift = kind == .tokens ? place &- UInt8(truncatingIfNeeded: last) : 0
  }

  /// What tells which run it is of; never 0.
  @inline(__always)
  var key: UInt64 { file.key(at: shift) }

  /// Whether what comes there may be of the same run.
  @inline(__always)
  static func reaches(_ kind: GramKind, from last: Int, to position: Int) -> Bool {
    // Of what stands in both, one in each window is in the index; one may be missing, being common or public.
    let window = kind == .characters ? FingerprintLimits.characterWindow : FingerprintLimits.tokenWindow
    return position - last <= 2 * window + (kind == .characters ? 0 : FingerprintLimits.tokens / 2)
  }
}
