internal import Decoding

/// Patterns that words lead to.
extension MessageScanner {
  func readPhrases(_ scan: ViewScan, isLast: Bool) {
    let (base, buffer) = scan.view.bytes
    let leads = detectors.leadWords.words
    scan.phrases.read(buffer, from: base, isLast: isLast, detectors.vocabulary) { numbers, end in
      for number in numbers where leads[number] != nil { scan.pendingWords.append((number, end)) }
    }
  }

  /// Searches around the words that detectors ask for, up to the first that waits for more bytes.
  ///
  /// - Returns: the lowest offset that is still needed.
  func confirmWords(_ scan: ViewScan, isLast: Bool) -> Int {
    var done = 0
    for (number, end) in scan.pendingWords {
      guard let word = detectors.leadWords.words[number],
        search(near: word, key: number, endingAt: end, scan, isLast: isLast)
      else { break }
      done += 1
    }
    if done > 0 { scan.pendingWords.removeFirst(done) }
    let first = scan.pendingWords.first.map { $0.end - LeadWord.bytesBefore } ?? scan.view.end
    return max(0, min(first, scan.phrases.position) - InspectionLimits.keywordBytes)
  }

  /// Tries patterns around a word.
  ///
  /// - Parameter key: of the word among all.
  /// - Returns: false where the answer depends on bytes that are not there yet.
  func search(
    near word: LeadWord, key: Int, endingAt wordEnd: Int, _ scan: ViewScan, isLast: Bool
  ) -> Bool {
    let (base, buffer) = scan.view.bytes
    let end = wordEnd - base
    guard isLast || end + word.reach + LeadWord.bytesBehind < buffer.count else { return false }
    let first = max(0, end - LeadWord.bytesBefore, (scan.searchedEnd[key] ?? 0) - base)
    let past = min(buffer.count, end + word.reach + 1)
    scan.searchedEnd[key] = base + past
    if first < past, mayConfirm() { search(word.groups, word.first, first..<past, scan, isLast: isLast) }
    return true
  }

  /// Tries the patterns that only words lead to where there are none, so that it can be told.
  func searchEverywhere(_ scan: ViewScan) {
    let all = PatternGroup.all(of: detectors.leadWords.led.sorted(), among: detectors.patterns)
    let first = all.reduce(ByteSet.none) { $0.union($1.first) }
    scan.confirmedEnd.removeAll()
    search(all, first, 0..<scan.view.bytes.buffer.count, scan, isLast: true)
  }

  /// Tries patterns at every place of a part.
  private func search(
    _ groups: [PatternGroup], _ any: ByteSet, _ places: Range<Int>, _ scan: ViewScan, isLast: Bool
  ) {
    let (base, buffer) = scan.view.bytes
    for start in places where any.contains(buffer[start]) {
      for group in groups where group.first.contains(buffer[start]) {
        if start > 0, group.notBefore.contains(buffer[start - 1]) { continue }
        for index in group.patterns where (scan.confirmedEnd[index] ?? 0) <= base + start {
          let pattern = detectors.patterns[index]
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
