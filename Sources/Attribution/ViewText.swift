internal import Decoding
internal import Glibc

/// The text of one view of a message that is not compared for good yet.
final class ViewText {
  /// Bytes of the view that stand at `place` in what the message's share is counted of.
  struct Stretch {
    let start: Int
    let end: Int
    let place: Range<Int>
  }

  let id: Int
  let layers: [String]
  private var memory: UnsafeMutableRawBufferPointer
  private var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  /// The view's offset of the first byte.
  private(set) var base = 0
  private var stretches: [Stretch] = []
  /// The same bytes from the first one on, as far as the last point has them.
  private var rested = SharedBytes()
  /// What comes from documents, as if the view ended here; `nil` where bytes came since.
  var compared: (IndexSnapshot, SegmentMatch)?

  /// The view's first bytes, once they are let go.
  private var head: [UInt8]?
  /// What was found in a text that has the same first ``knownCount`` bytes.
  private(set) var known: KnownMatch?
  private(set) var knownCount = 0
  /// Whether that was of use.
  var isRepeated = false

  /// What comes from documents where the message before meets this one.
  var joined: (IndexSnapshot, [SourceClaim])?

  init(_ id: Int, layers: [String], capacity: Int) {
    self.id = id
    self.layers = layers
    (memory, bytes) = Self.memory(capacity)
  }

  /// Goes on from where a text was.
  ///
  /// - Parameter known: what was found in another text that begins with this one.
  init(from resting: RestingText, known: KnownMatch?) {
    id = resting.id
    layers = resting.layers
    self.known = known
    knownCount = resting.bytes.count
    (memory, bytes) = Self.memory(resting.bytes.count)
    base = resting.base
    stretches = resting.stretches
    head = resting.head
    rested = resting.bytes
    resting.bytes.forEachPiece(of: 0..<resting.bytes.count) { piece in
      if let first = piece.baseAddress { memcpy(bytes + count, first, piece.count) }
      count += piece.count
    }
  }

  deinit { RecycledMemory.giveBack(memory) }

  /// The text as it is now, for others to go on from. Only what came since the last time is copied.
  func rest() -> RestingText {
    rested.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[rested.count...])))
    return RestingText(id: id, layers: layers, bytes: rested, base: base, stretches: stretches, head: head)
  }

  private static func memory(_ count: Int) -> (UnsafeMutableRawBufferPointer, UnsafeMutablePointer<UInt8>) {
    let memory = RecycledMemory.take(count)
    // There is memory, since some was asked for.
    return (memory, memory.bindMemory(to: UInt8.self).baseAddress ?? .allocate(capacity: count))
  }

  var end: Int { base + count }
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

  func append(_ source: UnsafePointer<UInt8>, _ length: Int, at place: Range<Int>) {
    if count + length > memory.count { grow(to: count + length) }
    memcpy(bytes + count, source, length)
    if let last = stretches.last, place.lowerBound < last.place.upperBound {
      // Of compressed bytes more has come out than was known: what is known of the beginning is of less than that.
      stretches[stretches.count - 1] = Stretch(
        start: last.start, end: end + length,
        place: last.place.lowerBound..<max(last.place.upperBound, place.upperBound))
    } else {
      stretches.append(Stretch(start: end, end: end + length, place: place))
    }
    count += length
    compared = nil
  }

  private func grow(to needed: Int) {
    let (more, copy) = Self.memory(max(needed, memory.count * 2))
    memcpy(copy, bytes, count)
    RecycledMemory.giveBack(memory)
    (memory, bytes) = (more, copy)
  }

  /// Where bytes of the buffer stand in what the share is counted of; between two places that are known, in proportion.
  func place(of range: Range<Int>) -> Range<Int> {
    let start = place(of: base + range.lowerBound)
    return start..<max(start, place(of: base + range.upperBound))
  }

  private func place(of offset: Int) -> Int {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    guard let stretch = low > 0 ? stretches[low - 1] : stretches.first else { return 0 }
    let part = Double(offset - stretch.start) / Double(max(1, stretch.end - stretch.start))
    return stretch.place.lowerBound + Int(part * Double(stretch.place.count))
  }

  /// Where the first segment ends, if the text has one and what follows it: counted from the view's beginning, at a line's
  /// end, so that it does not depend on how the message came.
  func segmentEnd() -> Int? {
    let most = AttributionLimits.segmentBytes
    guard count > most else { return nil }
    var end = most
    while end > most / 2, bytes[end - 1] != 0x0a { end -= 1 }
    return end > most / 2 ? end : most
  }

  /// Whether the view's beginning is still there.
  var hasBeginning: Bool { base == 0 }

  /// What one that goes on from the same point need not look for again.
  var matchForOthers: KnownMatch? { compared.map { KnownMatch($0.1, of: count, in: $0.0) } }

  /// What a message that repeats this need not look for again.
  var comparedText: ComparedText? {
    // The next one goes on from the same point.
    guard !isRepeated, hasBeginning, count >= ComparedText.leastBytes, let (snapshot, match) = compared else {
      return nil
    }
    return ComparedText(Array(buffer), match, in: snapshot)
  }

  func edge(of message: UInt32) -> MessageEdge {
    MessageEdge(
      message: message, head: head ?? Array(buffer.prefix(MessageEdge.headBytes)),
      tail: Array(buffer.suffix(MessageEdge.tailBytes)))
  }

  /// Lets go of what was compared, but for some of its end.
  func drop(to end: Int) {
    var start = max(0, end - AttributionLimits.overlapBytes)
    let least = max(0, end - 2 * AttributionLimits.overlapBytes)
    while start > least, bytes[start - 1] != 0x0a { start -= 1 }
    guard start > 0 else { return }
    if head == nil { head = Array(buffer.prefix(MessageEdge.headBytes)) }
    memmove(bytes, bytes + start, count - start)
    count -= start
    base += start
    stretches.removeAll { $0.end <= base }
    compared = nil
    known = nil
    rested = SharedBytes()
  }
}
