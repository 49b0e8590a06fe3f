internal import Decoding
internal import OwnTables

/// A word that leads to patterns, and where it ends in the view.
struct LeadingWord {
  /// Its number in the vocabulary; of those that the streaming matcher finds `~` of the lead's.
  let lead: Int
  let end: Int
}

/// Where the scan of one view stands.
// Whether two accesses to a member overlap is not asked: no member is used while another call changes it, and it would be
// asked some times for each word of a text.
final class ViewScan {
  unowned let view: DecodedView
  @exclusivity(unchecked) var stream: PatternStream?
  @exclusivity(unchecked) var canaries: PatternStream?
  /// Hits that wait for bytes after them, in order.
  @exclusivity(unchecked) var pending: [PatternStream.Hit] = []
  /// The same of shapes, some of which end where others may begin that are not found yet.
  @exclusivity(unchecked) var pendingShapes: [PatternStream.Hit] = []
  /// For each pattern, the end of its last confirmed match: hits inside of it are the same thing.
  @exclusivity(unchecked) var confirmedEnd: [Int: Int] = [:]
  /// For each pattern that words lead to, the end of the places at which it was tried; none until one was.
  @exclusivity(unchecked) var searchedEnd: [Int] = []
  @exclusivity(unchecked) var columns = ColumnWords()
  @exclusivity(unchecked) var shapes = ShapeScan()
  @exclusivity(unchecked) var phrases = PhraseScan()
  /// Leading words that wait for bytes after them.
  @exclusivity(unchecked) var pendingWords: [LeadingWord] = []
  @exclusivity(unchecked) var turned = TurnedPassages()
  @exclusivity(unchecked) var wordLists = WordListScan()
  @exclusivity(unchecked) var ownTables = TableScan()
  @exclusivity(unchecked) var records = RecordFold()

  init(_ view: DecodedView, _ detectors: DetectorSet) {
    self.view = view
    stream = detectors.database.flatMap { PatternStream($0) }
    canaries = detectors.canaries.flatMap { PatternStream($0) }
  }

  /// The end of the pattern's last confirmed match, 0 for none.
  @inline(__always)
  func end(of pattern: Int) -> Int { confirmedEnd.isEmpty ? 0 : confirmedEnd[pattern] ?? 0 }

  /// What it takes in memory besides its streams.
  var heldBytes: Int {
    // A dictionary has a third more places than it lets be taken.
    let places = confirmedEnd.capacity * 4 / 3
    return places * MemoryLayout<(Int, Int)>.stride + searchedEnd.count * MemoryLayout<Int>.stride
      + (pending.count + pendingShapes.count) * MemoryLayout<PatternStream.Hit>.stride
      + pendingWords.count * MemoryLayout<LeadingWord>.stride + records.heldBytes + columns.heldBytes
  }

  /// The scan of the view's copy, which stands where the other does.
  ///
  /// - Returns: `nil` when memory is short.
  init?(copying other: ViewScan, of view: DecodedView) {
    self.view = view
    pending = other.pending
    pendingShapes = other.pendingShapes
    confirmedEnd = other.confirmedEnd
    searchedEnd = other.searchedEnd
    columns = other.columns
    shapes = other.shapes
    phrases = other.phrases
    pendingWords = other.pendingWords
    turned = other.turned
    wordLists = other.wordLists
    ownTables = other.ownTables
    records = other.records
    stream = Self.copy(other.stream)
    canaries = Self.copy(other.canaries)
    guard (stream == nil) == (other.stream == nil), (canaries == nil) == (other.canaries == nil) else { return nil }
  }

  private static func copy(_ stream: borrowing PatternStream?) -> PatternStream? {
    switch stream {
    case .some(let stream): PatternStream(copying: stream)
    case .none: nil
    }
  }
}
