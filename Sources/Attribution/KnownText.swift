/// Files, and what of them, a message is known to have text of: of several places where other text may be from, these are
/// the likelier ones.
struct KnownText {
  private(set) var files = FileSet()
  private(set) var claimed = ByteRanges()
  private var counted = 0

  /// - Parameters:
  ///   - claims: all so far, those that were noted before at their beginning.
  ///   - store: the one that is looked in.
  mutating func note(_ claims: [SourceClaim], in store: LineStore) {
    guard claims.count > counted else { return }
    for index in counted..<claims.count
    where index == counted || claims[index].document !== claims[index - 1].document {
      files.insert(claims[index].document.file)
    }
    claimed.add(claims[counted...].lazy.filter { $0.store === store }.map(\.text))
    counted = claims.count
  }
}
