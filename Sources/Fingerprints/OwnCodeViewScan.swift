internal import Decoding

/// Where the look at one view stands.
struct OwnCodeViewScan: Sendable {
  let layers: [String]
  var grams = TextGrams()
  private var characters = OpenRuns()
  private var tokens = OpenRuns()

  init(layers: [String]) { self.layers = layers }

  /// What it takes in memory.
  var heldBytes: Int {
    [characters, tokens].reduce(MemoryLayout<Self>.stride) { held, open in
      held + open.heldBytes
    }
  }

  /// Goes on with the run that a fingerprint belongs to, or begins one.
  ///
  /// - Parameter hit: knows its span where the places of runs are kept.
  @inline(__always)
  mutating func take(_ hit: OwnCodeHit) {
    switch hit.kind {
    case .characters: characters.take(hit)
    case .tokens: tokens.take(hit)
    }
  }

  /// Runs that are no longer followed.
  mutating func takeEnded(_ kind: GramKind) -> [OwnCodeRun] {
    kind == .characters ? characters.takeEnded() : tokens.takeEnded()
  }

  /// Forgets what nothing comes of.
  ///
  /// - Parameter position: units before what comes next.
  mutating func forgetChance(_ kind: GramKind, before position: Int) {
    switch kind {
    case .characters: characters.forget(kind, before: position)
    case .tokens: tokens.forget(kind, before: position)
    }
  }

  /// Asks the view where runs stand, while it knows.
  mutating func locate(_ view: DecodedView) {
    characters.locate(view.originalSpan)
    tokens.locate(view.originalSpan)
  }

  /// Whatever is open ends here.
  func closeAll(into found: inout FoundRuns) {
    for run in characters.runs { found.add(run, layers) }
    for run in tokens.runs { found.add(run, layers) }
  }
}
