internal import Attribution

/// The fingerprints of one file that go into an index.
struct FileFingerprints {
  /// By kind.
  let kept: [[GramSelection.Kept]]
  let lines: Int

  /// Without the lines of licences, which are everywhere.
  init(_ text: UnsafeRawBufferPointer, _ key: FingerprintKey, _ block: GramBlock) {
    var grams = TextGrams()
    var characters = GramSelection(window: FingerprintLimits.characterWindow)
    var tokens = GramSelection(window: FingerprintLimits.tokenWindow)
    func take(_ kind: GramKind, _ block: GramBlock, _ before: Int) {
      switch kind {
      case .characters: characters.take(block, after: before)
      case .tokens: tokens.take(block, after: before)
      }
    }
    let bytes = text.bindMemory(to: UInt8.self)
    lines = LicenceFreeText.forEachPart(of: bytes) { part in
      grams.read(UnsafeBufferPointer(rebasing: bytes[part]), key, block) { kind, _, block, before in
        take(kind, block, before)
      }
      grams.finish(key, block) { kind, _, block, before in take(kind, block, before) }
    }
    characters.finish()
    tokens.finish()
    kept = [characters.kept, tokens.kept]
  }
}
