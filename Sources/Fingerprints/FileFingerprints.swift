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
    var symbols = SymbolSpans()
    var windows = LineWindows(text.bindMemory(to: UInt8.self))
    var tokens = GramSelection(window: FingerprintLimits.tokenWindow)
    func take(_ kind: GramKind, from start: Int, _ block: GramBlock, _ before: Int) {
      switch kind {
      case .characters:
        symbols.read(block)
        characters.take(block, after: before) { index in
          windows.window(at: start + Int(block.ends[Int(block.last[index])]))
        } isTelling: {
          symbols.tells(Int(block.last[$0]))
        }
      case .tokens: tokens.take(block, after: before)
      }
    }
    let bytes = text.bindMemory(to: UInt8.self)
    lines = LicenceFreeText.forEachPart(of: bytes) { part in
      grams.read(UnsafeBufferPointer(rebasing: bytes[part]), key, block) { kind, start, block, before in
        take(kind, from: part.lowerBound + start, block, before)
      }
      grams.finish(key, block) { kind, _, block, before in take(kind, from: part.upperBound, block, before) }
    }
    characters.finish()
    tokens.finish()
    kept = [characters.kept, tokens.kept]
  }
}
