package import Decoding
package import Evidence

/// Looks for the organisation's own code in one message, as its views come. Not for several threads at once.
package final class OwnCodeScanner: ViewObserver {
  private let set: FingerprintSet
  /// Most messages are too short to hold anything.
  private lazy var memory = ScanMemory()
  private var scans: [Int: OwnCodeViewScan] = [:]
  private var found = FoundRuns()
  /// Of views that are made anew each time somebody asks what there is so far.
  private var provisional = FoundRuns()
  private let keepsPlaces: Bool

  /// - Parameter keepsPlaces: whether ``passages()`` will be asked for.
  package init(_ set: FingerprintSet, keepsPlaces: Bool = false) {
    self.set = set
    self.keepsPlaces = keepsPlaces
    if keepsPlaces { found = FoundRuns(atMost: FingerprintLimits.runsForEditing) }
  }

  /// Goes on from the point, in another message that begins with the same bytes.
  package init(from point: OwnCodePoint) {
    set = point.set
    scans = point.scans
    found = point.found
    keepsPlaces = false
  }

  /// Where it stands, for other messages that begin with the same bytes.
  package func point() -> OwnCodePoint { OwnCodePoint(set: set, scans: scans, found: found) }

  package func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    let (base, buffer) = view.bytes
    let bytes = UnsafeBufferPointer(rebasing: buffer[(range.lowerBound - base)..<(range.upperBound - base)])
    guard isLookedAt(view, range, bytes) else { return range.upperBound }
    let (set, memory) = (set, memory)
    var state = scans.removeValue(forKey: view.id) ?? OwnCodeViewScan(layers: view.layers)
    var grams = state.grams
    // Views announce blocks whose ends depend on nothing but the view.
    let isCode = bytes.count < FingerprintLimits.longLine || bytes.contains(CharacterReader.newline)
    grams.read(bytes, set.key, memory.block, isCode: isCode) { kind, start, _, before in
      look(kind, memory, at: range.lowerBound + start, before, view, &state)
    }
    if isLast {
      grams.finish(set.key, memory.block) { kind, _, _, before in
        look(kind, memory, at: range.upperBound, before, view, &state)
      }
    }
    state.locate(view)
    if isLast {
      keep(view.isProvisional) { state.closeAll(into: &$0) }
    } else {
      state.grams = grams
      scans[view.id] = state
    }
    return range.upperBound
  }

  private func isLookedAt(_ view: DecodedView, _ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // The text that it is a part of has been looked at, unless that is read in its parts alone.
    if view.isPart { return view.parentView?.isReadBeneath ?? false }
    guard view.isReadBeneath else { return true }
    // All that a text of JSON says stands in the view without its escapes. But a file of it, which has lines, may have been
    // indexed with them.
    return range.lowerBound == 0 ? bytes.dropLast().contains(CharacterReader.newline) : scans[view.id] != nil
  }

  private func keep(_ isProvisional: Bool, _ body: (inout FoundRuns) -> Void) {
    if isProvisional { body(&provisional) } else { body(&found) }
  }

  /// - Parameters:
  ///   - start: the view's offset of the piece that the block was made of.
  ///   - before: units before it.
  private func look(
    _ kind: GramKind, _ memory: ScanMemory, at start: Int, _ before: Int, _ view: DecodedView,
    _ state: inout OwnCodeViewScan
  ) {
    let block = memory.block
    guard block.candidates > 0 else { return }
    let span = kind == .characters ? FingerprintLimits.characters : FingerprintLimits.tokens
    set.findMatches(kind, in: memory)
    for match in memory.matches {
      let unit = Int(block.last[Int(match.candidate)])
      let first: Int
      switch kind {
      // Each is one byte.
      case .characters: first = unit >= span - 1 ? Int(block.ends[unit - span + 1]) - 1 : 0
      case .tokens: first = unit >= span ? Int(block.ends[unit - span]) : 0
      }
      let end = start + Int(block.ends[unit])
      var hit = OwnCodeHit(
        kind, block.hashes[Int(match.candidate)], in: match.file, at: match.place, endingAt: before + unit + 1,
        min(start + first, max(0, end - 1))..<end)
      if keepsPlaces { hit.span = view.originalSpan(hit.range) }
      state.take(hit)
    }
    let ended = state.takeEnded(kind)
    if !ended.isEmpty {
      keep(view.isProvisional) { found in
        for var run in ended {
          run.locate(view.originalSpan)
          found.add(run, view.layers)
        }
      }
    }
    state.forgetChance(kind, before: before + block.count)
  }

  /// What there is, once the message has ended: each stretch once, in the order of their places.
  package func findings(in place: Finding.Place) -> [Finding] {
    OwnCodeReport.findings(found.runs + provisional.runs, set, place)
  }

  /// What is found as if the message ended is forgotten: it goes on.
  package func beginAgain() { provisional = FoundRuns() }

  /// What there would be if the message ended here. A number or name at its very end may be more than it is.
  package func findingsSoFar(in place: Finding.Place) -> [Finding] {
    var all = found
    for (_, scan) in scans.sorted(by: { $0.key < $1.key }) { scan.closeAll(into: &all) }
    return OwnCodeReport.findings(all.runs + provisional.runs, set, place)
  }

  /// Where own code stands in text that has no encodings but JSON's, as closely as fingerprints tell: a few letters at
  /// both ends of what was copied are missing.
  ///
  /// - Returns: `nil` where there is more than is kept.
  package func passages() -> [OwnCodePassage]? {
    guard !found.isOverfull else { return nil }
    return OwnCodePassage.passages(found.runs)
  }
}
