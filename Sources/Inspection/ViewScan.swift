internal import Decoding
internal import OwnTables

/// A word that leads to patterns, and where it ends in the view.
struct LeadingWord {
  /// Its number in the vocabulary; of those that the streaming matcher finds `~` of the lead's.
  let lead: Int
  let end: Int
}

/// Where the scan of one view stands.
final class ViewScan {
  unowned let view: DecodedView
  var stream: PatternStream?
  var canaries: PatternStream?
  /// Hits that wait for bytes after them, in order.
  var pending: [PatternStream.Hit] = []
  /// For each pattern, the end of its last confirmed match: hits inside of it are the same thing.
  var confirmedEnd: [Int: Int] = [:]
  /// For each pattern that words lead to, the end of the places at which it was tried.
  var searchedEnd: [Int: Int] = [:]
  var phrases = PhraseScan()
  /// Leading words that wait for bytes after them.
  var pendingWords: [LeadingWord] = []
  var wordLists = WordListScan()
  var ownTables = TableScan()
  var records = RecordFold()

  init(_ view: DecodedView, _ detectors: DetectorSet) {
    self.view = view
    stream = detectors.database.flatMap { PatternStream($0) }
    canaries = detectors.canaries.flatMap { PatternStream($0) }
  }

  /// What it takes in memory besides its streams.
  var heldBytes: Int {
    // A dictionary has a third more places than it lets be taken.
    let places = (confirmedEnd.capacity + searchedEnd.capacity) * 4 / 3
    return places * MemoryLayout<(Int, Int)>.stride + pending.count * MemoryLayout<PatternStream.Hit>.stride
      + pendingWords.count * MemoryLayout<LeadingWord>.stride + records.heldBytes
  }

  /// The scan of the view's copy, which stands where the other does.
  ///
  /// - Returns: `nil` when memory is short.
  init?(copying other: ViewScan, of view: DecodedView) {
    self.view = view
    pending = other.pending
    confirmedEnd = other.confirmedEnd
    searchedEnd = other.searchedEnd
    phrases = other.phrases
    pendingWords = other.pendingWords
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
