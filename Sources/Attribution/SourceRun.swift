/// Successive lines of a message that are successive lines of a document.
struct SourceRun {
  /// A line of the message and the line of the store that it is.
  struct Pair {
    let message: Int32
    let line: Int32
    /// Where in the segment the line's text stands.
    let start: Int32
    let end: Int32
  }

  /// The beginning or the end of a run, which is a part of a line.
  struct Part {
    let line: Int32
    /// Where in the store's text it stands.
    let textStart: Int
    /// Where in the segment it stands.
    let start: Int32
    let count: Int
    let message: Int32
  }

  /// From the one that it was found by on; from ``backwards`` on those before that one, the nearest first.
  var pairs: ContiguousArray<Pair> = []
  var backwards = 0
  /// The lines before the first and after the last, as far as they are there.
  var head: Part?
  var tail: Part?
  /// Bytes of text that are the same.
  var bytes = 0
  /// Lines of the document between them that the message has not.
  var skipped = 0
  /// Other files that hold as much.
  var copies = 0
  var document = -1
  /// Whether it says where text is from.
  var isClaimed = false

  mutating func clear() {
    pairs.removeAll(keepingCapacity: true)
    (head, tail) = (nil, nil)
    (bytes, skipped, copies, document, backwards) = (0, 0, 0, -1, 0)
  }

  /// The pair that is so many from the first line of the run.
  @inline(__always)
  func ordered(_ index: Int) -> Pair {
    let before = pairs.count - backwards
    return index < before ? pairs[pairs.count - 1 - index] : pairs[index - before]
  }

  /// Whether it says where the text comes from as well as another run and better: more of it, or with less left out.
  func isBetter(than other: SourceRun) -> Bool {
    bytes != other.bytes ? bytes > other.bytes : skipped < other.skipped
  }

  func isAsGood(as other: SourceRun) -> Bool { bytes == other.bytes && skipped == other.skipped }
}
