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
    var ranges = claimed.ranges
    for index in counted..<claims.count {
      if index == counted || claims[index].document !== claims[index - 1].document {
        files.insert(ObjectIdentifier(claims[index].document.file))
      }
      if claims[index].store === store { ranges.append(claims[index].text) }
    }
    claimed = ByteRanges(ranges)
    counted = claims.count
  }
}
