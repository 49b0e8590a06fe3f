internal import Decoding

/// Patterns that words lead to.
extension MessageScanner {
  func readPhrases(_ scan: ViewScan, isLast: Bool) {
    let (base, buffer) = scan.view.bytes
    let isLeading = detectors.leadWords.isLeading
    scan.phrases.read(buffer, from: base, isLast: isLast, detectors.vocabulary) { numbers, end in
      for number in numbers where isLeading[number] { scan.pendingWords.append(LeadingWord(lead: number, end: end)) }
    }
  }

  /// Searches around the words that detectors ask for, in order, up to the first that waits for more bytes.
  ///
  /// - Returns: the lowest offset that is still needed.
  func confirmWords(_ scan: ViewScan, isLast: Bool) -> Int {
    // Two readers found them.
    scan.pendingWords.sort { ($0.end, $0.lead) < ($1.end, $1.lead) }
    var done = 0
    for found in scan.pendingWords {
      guard isLast || found.end <= scan.phrases.position, let word = word(found.lead),
        search(near: word, endingAt: found.end, scan, isLast: isLast)
      else { break }
      done += 1
    }
    if done > 0 { scan.pendingWords.removeFirst(done) }
    let first = scan.pendingWords.first.map { $0.end - LeadWord.bytesBefore } ?? scan.view.end
    return max(0, min(first, scan.phrases.position) - InspectionLimits.keywordBytes)
  }

  private func word(_ lead: Int) -> LeadWord? {
    if lead >= 0 { return detectors.leadWords.words[lead] }
    if case .word(let word) = detectors.leads[~lead] { return word }
    return nil
  }

  /// Tries patterns around a word.
  ///
  /// - Returns: false where the answer depends on bytes that are not there yet.
  private func search(near word: LeadWord, endingAt wordEnd: Int, _ scan: ViewScan, isLast: Bool) -> Bool {
    let (base, buffer) = scan.view.bytes
    let end = wordEnd - base
    guard isLast || end + word.reach + LeadWord.bytesBehind < buffer.count else { return false }
    guard mayConfirm() else { return true }
    let past = min(buffer.count, end + word.reach + 1)
    let untried = word.groups.compactMap { group in
      group.filter { (scan.searchedEnd[$0] ?? 0) < base + past }
    }
    let first = max(0, end - LeadWord.bytesBefore)
    if first < past { search(untried, word.first, first..<past, scan, isLast: isLast) }
    for group in untried { for index in group.patterns { scan.searchedEnd[index] = base + past } }
    return true
  }

  /// Tries the patterns that only words lead to where there are none, so that it can be told.
  func searchEverywhere(_ scan: ViewScan) {
    let all = PatternGroup.all(of: detectors.leadWords.led.sorted(), among: detectors.patterns)
    let first = all.reduce(ByteSet.none) { $0.union($1.first) }
    scan.confirmedEnd.removeAll()
    scan.searchedEnd.removeAll()
    search(all, first, 0..<scan.view.bytes.buffer.count, scan, isLast: true)
  }

  /// Tries patterns at every place of a part.
  private func search(
    _ groups: [PatternGroup], _ any: ByteSet, _ places: Range<Int>, _ scan: ViewScan, isLast: Bool
  ) {
    let (base, buffer) = scan.view.bytes
    let patterns = detectors.patterns
    for start in places where any.contains(buffer[start]) {
      for group in groups.indices where groups[group].first.contains(buffer[start]) {
        if start > 0, groups[group].notBefore.contains(buffer[start - 1]) { continue }
        for index in groups[group].patterns
        where (scan.confirmedEnd[index] ?? 0) <= base + start && (scan.searchedEnd[index] ?? 0) <= base + start {
          let pattern = patterns[index]
          guard let match = matcher.match(pattern.program, buffer, at: start, isLast: isLast),
            let words = words(near: match.range, of: pattern, buffer, isLast: isLast)
          else { continue }
          scan.confirmedEnd[index] = match.range.upperBound + base
          judge(match, pattern, near: words, in: buffer, scan.view)
        }
      }
    }
  }
}
