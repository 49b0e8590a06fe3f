/// Which spans of one text are kept: the last candidate within each window behind the one kept before.
///
/// Between two that are kept there are fewer than a window's spans, wherever there is a candidate among them; and since
/// who looks for them tries every candidate, each stretch as long as a window and a span holds one. Half as many do as
/// where both sides choose by the least value in a window (winnowing).
struct GramSelection {
  private let window: Int
  private(set) var kept: [Kept] = []
  private var waiting: (hash: UInt32, position: Int)?
  private var lastKept = Int.min / 2

  /// A span, and the unit that it ends with.
  struct Kept: Hashable {
    let hash: UInt32
    let position: Int
  }

  init(window: Int) { self.window = window }

  mutating func take(_ block: GramBlock, after before: Int) {
    let window = window
    take(block, after: before) { _ in window }
  }

  /// - Parameter window: of the candidate with that number.
  @inline(__always)
  mutating func take(
    _ block: GramBlock, after before: Int, _ window: (Int) -> Int, isTelling: (Int) -> Bool = { _ in true }
  ) {
    for index in 0..<block.candidates {
      guard isTelling(index) else { continue }
      let position = before + Int(block.last[index])
      let window = window(index)
      if position - lastKept >= window, let waiting {
        keep(waiting)
      }
      if position - lastKept >= window {
        keep((block.hashes[index], position))
      } else {
        waiting = (block.hashes[index], position)
      }
    }
  }

  private mutating func keep(_ candidate: (hash: UInt32, position: Int)) {
    kept.append(Kept(hash: candidate.hash, position: candidate.position))
    lastKept = candidate.position
    waiting = nil
  }

  /// The last one of the text is kept, too.
  mutating func finish() {
    if let waiting { keep(waiting) }
  }
}
