internal import Decoding

/// Collects the bytes of every view that is certain, and checks that each is announced once and in order.
final class ViewCollector: ViewObserver {
  struct Reading: Equatable {
    let layers: [String]
    var bytes: [UInt8] = []
    /// Of each byte, where it stands in the message.
    var spans: [Range<Int>] = []
    var isComplete = false
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private(set) var readings: [Int: Reading] = [:]

  func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    guard !view.isProvisional else { return range.upperBound }
    var reading = readings[view.id] ?? Reading(layers: view.layers)
    precondition(reading.bytes.count == range.lowerBound && !reading.isComplete, "views are announced in order, once")
    let (base, buffer) = view.bytes
    for offset in range {
      reading.bytes.append(buffer[offset - base])
      reading.spans.append(view.originalSpan(offset..<offset + 1))
    }
    reading.isComplete = isLast
    readings[view.id] = reading
    return range.upperBound
  }

  /// The bytes of the message that the text was decoded from, in the first view with these layers that has it.
  func span(of text: String, under layers: [String]) -> Range<Int>? {
    for reading in readings.values where reading.layers == layers {
      let wanted = Array(text.utf8)
      guard reading.bytes.count >= wanted.count else { continue }
      for start in 0...reading.bytes.count - wanted.count
      where reading.bytes[start..<start + wanted.count].elementsEqual(wanted) {
        return reading.spans[start].lowerBound..<reading.spans[start + wanted.count - 1].upperBound
      }
    }
    return nil
  }
}

/// Decodes a body in the chunks that end at `cuts`, looking at what there is after each if it `pauses`.
func decode(
  _ body: [UInt8], _ content: ContentDescription = .none, cuts: [Int] = [], pauses: Bool = false,
  limits: DecodingLimits = .standard
) -> (collector: ViewCollector, issues: [DecodingIssue]) {
  let collector = ViewCollector()
  let tree = DecodingTree(content, limits: limits, observer: collector)
  var start = 0
  for cut in cuts.sorted() + [body.count] {
    body[start..<cut].withUnsafeBytes { tree.receive($0) }
    if pauses { tree.flush() }
    start = cut
  }
  tree.finish()
  return (collector, tree.issues)
}
