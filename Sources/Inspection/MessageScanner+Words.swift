internal import Decoding

/// Patterns that words lead to.
extension MessageScanner {
  func readPhrases(_ scan: ViewScan, isLast: Bool) {
    let (base, buffer) = scan.view.bytes
    let phrases = detectors.leadWords.phrases
    let turned = detectors.turnedWords
    foundPhrases.removeAll(keepingCapacity: true)
    turned.filter.withReading { filter in
      scan.phrases.read(buffer, from: base, isLast: isLast, filter, into: &foundPhrases)
    }
    for found in foundPhrases {
      if let numbers = phrases.numbers[found.hash] {
        for number in numbers { scan.pendingWords.append(LeadingWord(lead: number, end: found.end)) }
      } else if let word = turned.words[found.hash] {
        scan.turned.add(word, found.hash, endingAt: found.end)
      }
    }
  }

  /// Searches around the words that detectors ask for, in order, up to the first that waits for more bytes.
  ///
  /// - Returns: the lowest offset that is still needed.
  func confirmWords(_ scan: ViewScan, isLast: Bool) -> Int {
    searchColumns(scan, isLast: isLast)
    // Two readers found them.
    scan.pendingWords.sort { ($0.end, $0.lead) < ($1.end, $1.lead) }
    var done = 0
    for found in scan.pendingWords {
      guard isLast || found.end <= scan.phrases.position, let word = word(found.lead),
        search(near: word, endingAt: found.end, scan, isLast: isLast)
      else { break }
      searchColumns(scan, isLast: isLast)
      done += 1
    }
    if done > 0 { scan.pendingWords.removeFirst(done) }
    let first = scan.pendingWords.first.map { $0.end - LeadWord.bytesBefore } ?? scan.view.end
    return max(0, min(first, scan.phrases.position, firstNeededOfColumns(scan)) - InspectionLimits.keywordBytes)
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
    let ordinals = detectors.leadWords.ordinals
    if scan.searchedEnd.isEmpty { scan.searchedEnd = Array(repeating: 0, count: detectors.leadWords.led.count) }
    let searched = word.patterns.reduce(Int.max) { min($0, scan.searchedEnd[ordinals[$1]]) }
    let first = max(0, end - LeadWord.bytesBefore, searched - base)
    if first < past { search(word, first..<past, scan, isLast: isLast) }
    for index in word.patterns {
      scan.searchedEnd[ordinals[index]] = max(scan.searchedEnd[ordinals[index]], base + past)
    }
    return true
  }

  /// Tries the patterns that only words lead to where there are none, so that it can be told.
  func searchEverywhere(_ scan: ViewScan) {
    let all = LeadWord(reach: 0, leadingTo: detectors.leadWords.led.sorted(), among: detectors.patterns)
    scan.confirmedEnd.removeAll()
    scan.columns = ColumnWords()
    scan.searchedEnd = Array(repeating: 0, count: detectors.leadWords.led.count)
    search(all, 0..<scan.view.bytes.buffer.count, scan, isLast: true)
  }

  /// Tries patterns at every place of a part.
  private func search(_ word: LeadWord, _ places: Range<Int>, _ scan: ViewScan, isLast: Bool) {
    let (base, buffer) = scan.view.bytes
    word.groups.withUnsafeBufferPointer { groups in
      for start in places where word.first.contains(buffer[start]) {
        if start > 0, word.notBefore.contains(buffer[start - 1]) { continue }
        for group in groups where group.first.contains(buffer[start]) {
          if start > 0, group.notBefore.contains(buffer[start - 1]) { continue }
          for place in group.places { match(word.patterns[place], at: start, base, buffer, scan, isLast: isLast) }
        }
      }
    }
  }

  @inline(__always)
  func match(
    _ index: Int, at start: Int, _ base: Int, _ buffer: UnsafeBufferPointer<UInt8>, _ scan: ViewScan, isLast: Bool
  ) {
    guard scan.searchedEnd[detectors.leadWords.ordinals[index]] <= base + start, scan.end(of: index) <= base + start
    else { return }
    let pattern = detectors.patterns[index]
    guard let match = matcher.match(pattern.program, buffer, at: start, isLast: isLast),
      let words = words(near: match.range, of: pattern, buffer, isLast: isLast)
    else { return }
    scan.confirmedEnd[index] = match.range.upperBound + base
    judge(match, of: index, near: words, in: buffer, scan, isLast: isLast)
  }
}
