internal import Decoding
internal import Evidence

/// Phrases of the organisation's own.
extension MessageScanner {
  /// - Returns: the lowest offset that is still needed.
  func readWordLists(_ scan: ViewScan, isLast: Bool) -> Int {
    let lists = detectors.wordLists
    guard !lists.isEmpty else { return scan.view.end }
    let (base, buffer) = scan.view.bytes
    scan.wordLists.read(buffer, from: base, isLast: isLast, lists) { rules, place in
      for number in rules { sight(lists.rules[number], at: place, scan.view) }
    }
    return max(0, scan.wordLists.position - InspectionLimits.keywordBytes)
  }

  private func sight(_ owner: (rule: DetectorRule, order: Int), at place: Range<Int>, _ view: DecodedView) {
    let (base, buffer) = view.bytes
    let told = SightedPlace(place, in: view)
    let rule = owner.rule
    let reasons = Judgement.Reasons(isInContext: nil, check: nil, isDoubtful: false)
    if explains { explain(.found(rule.grade, reasons), rule, told) }
    keep(
      Sighting(
        rule, order: owner.order, at: told,
        fingerprint: detectors.fingerprint(of: buffer[place.lowerBound - base..<place.upperBound - base])),
      view)
  }
}
