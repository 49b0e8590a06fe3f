/// Files, and what of them, a message is known to have text of: of several places where other text may be from, these are
/// the likelier ones.
struct KnownText {
  private(set) var files: Set<ObjectIdentifier> = []
  private(set) var claimed = ByteRanges([])
  private var counted = 0

  /// - Parameters:
  ///   - claims: all so far, those that were noted before at their beginning.
  ///   - store: the one that is looked in.
  mutating func note(_ claims: [SourceClaim], in store: LineStore) {
    guard claims.count > counted else { return }
    let new = claims[counted...]
    for claim in new { files.insert(ObjectIdentifier(claim.document.file)) }
    claimed = ByteRanges(claimed.ranges + new.filter { $0.store === store }.map(\.text))
    counted = claims.count
  }
}
