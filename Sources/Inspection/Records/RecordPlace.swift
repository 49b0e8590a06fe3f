/// A place of a text and the detectors that see something there: one cell, whatever it is.
struct RecordPlace {
  let start: Int
  private(set) var end: Int
  private(set) var span: Range<Int>
  private(set) var detectors: [RecordCell] = []

  init(_ cell: RecordCell) {
    (start, end, span) = (cell.start, cell.end, cell.span)
    detectors = [cell]
  }

  mutating func add(_ cell: RecordCell) {
    end = max(end, cell.end)
    span = min(span.lowerBound, cell.span.lowerBound)..<max(span.upperBound, cell.span.upperBound)
    if detectors.count < RecordLimits.columns { detectors.append(cell) }
  }
}
