internal import Decoding
internal import Evidence

/// Passages whose words say that they are written backwards or in rot13.
extension MessageScanner {
  /// - Returns: the lowest offset that is still needed.
  func readTurned(_ scan: ViewScan, isLast: Bool) -> Int {
    guard !isOfTurned else { return scan.view.end }
    if isLast { scan.turned.finish(at: scan.view.end) }
    while let passage = scan.turned.next(end: scan.view.end, isLast: isLast) {
      guard mayReadPassages() else { continue }
      let told = passage.told(in: scan.view.end, isLast: isLast)
      read(passage, scan.view, told: told, before: scan.turned.tell(told, passage.turn))
    }
    return scan.turned.pending.first?.range(in: scan.view.end).lowerBound ?? scan.view.end
  }

  /// Looks at a passage turned back as at a message of its own, with all encodings in it.
  ///
  /// - Parameters:
  ///   - told: where in the view things are told.
  ///   - before: where the passage before told them.
  private func read(
    _ passage: TurnedPassages.Passage, _ view: DecodedView, told: Range<Int>, before: Range<Int>
  ) {
    let (base, buffer) = view.bytes
    let all = passage.range(in: view.end)
    let range = max(base, all.lowerBound)..<max(base, all.upperBound)
    let bytes = passage.turn.text(of: buffer[range.lowerBound - base..<range.upperBound - base])
    let scanner = MessageScanner(ofTurnedIn: self)
    let tree = DecodingTree(.none, limits: InspectionLimits.passage, expected: bytes.count, observer: scanner)
    bytes.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    takeCosts(of: scanner, hasIssues: !tree.issues.isEmpty)
    func place(_ span: Range<Int>, beneath layers: [String]) -> SightedPlace? {
      let place =
        passage.turn == .reversed
        ? range.upperBound - span.upperBound..<range.upperBound - span.lowerBound
        : range.lowerBound + span.lowerBound..<range.lowerBound + span.upperBound
      guard told.lowerBound <= place.lowerBound, place.upperBound <= told.upperBound,
        place.lowerBound < before.lowerBound || place.upperBound > before.upperBound
      else { return nil }
      return SightedPlace(place, in: view, turn: passage.turn, beneath: layers)
    }
    for sighting in scanner.seen.sightings {
      guard let place = place(sighting.span, beneath: sighting.layers) else { continue }
      keep(Sighting(sighting, at: place), view)
    }
    for candidate in scanner.candidates {
      guard case .judged(let judgement) = candidate.outcome,
        let place = place(candidate.span.start..<candidate.span.end, beneath: candidate.layers)
      else { continue }
      explain(judgement, candidate.detector, place)
    }
  }
}
