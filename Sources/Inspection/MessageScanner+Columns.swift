internal import Decoding

/// Columns of tables, whose words stand over the first cell alone.
extension MessageScanner {
  /// Judges a match by the words near it and those over its column, and remembers the column.
  func judge(
    _ match: PatternMatcher.Match, of index: Int, near words: Set<Int>, in buffer: UnsafeBufferPointer<UInt8>,
    _ scan: ViewScan, isLast: Bool
  ) {
    let pattern = detectors.patterns[index]
    let base = scan.view.bytes.base
    let cell = base + match.secret.lowerBound..<base + match.secret.upperBound
    var edges = scan.columns.isEmpty ? nil : CellEdges(around: match.secret, in: buffer, isWhole: isLast)
    let over = edges.map { scan.columns.words(over: cell.lowerBound, $0, of: index) } ?? []
    let speaking = judge(match, pattern, near: words, over: over, in: buffer, scan.view)
    guard !speaking.isEmpty else { return }
    edges = edges ?? CellEdges(around: match.secret, in: buffer, isWhole: isLast)
    guard let edges else { return }
    scan.columns.add(cell, edges, of: index, over.isEmpty ? speaking : over, isLed: pattern.isLed)
  }

  /// Tries patterns that only words lead to beneath what was found of them, as far as there are bytes.
  func searchColumns(_ scan: ViewScan, isLast: Bool) {
    guard !scan.columns.led.isEmpty else { return }
    let (base, buffer) = scan.view.bytes
    let known = isLast ? buffer.count : buffer.count - LeadWord.bytesBehind
    for index in scan.columns.led.sorted() {
      let ordinal = detectors.leadWords.ordinals[index]
      let pattern = detectors.patterns[index]
      while scan.columns.led.contains(index), mayConfirm() {
        let past = scan.columns.past(of: index)
        let first = max(0, scan.searchedEnd[ordinal] - base)
        let end = min(known, past - base)
        if first < end {
          for start in first..<end where pattern.first.contains(buffer[start]) {
            if start > 0, pattern.notBefore.contains(buffer[start - 1]) { continue }
            self.match(index, at: start, base, buffer, scan, isLast: isLast)
          }
          scan.searchedEnd[ordinal] = base + end
        }
        guard scan.columns.past(of: index) <= past else { continue }
        if scan.searchedEnd[ordinal] >= past || isLast { scan.columns.close(index) }
        break
      }
    }
  }

  /// The lowest offset that columns still need.
  func firstNeededOfColumns(_ scan: ViewScan) -> Int {
    scan.columns.led.reduce(Int.max) { min($0, scan.searchedEnd[detectors.leadWords.ordinals[$1]]) }
  }
}
