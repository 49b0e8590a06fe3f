internal import Compression

@testable internal import Decoding

/// Every encoding that the Decoding room takes off, in any nesting; the first byte says what the sender claims.
enum DecodingTarget {
  static let claims: [ContentDescription] = [
    .none, ContentDescription(contentType: "application/x-www-form-urlencoded"),
    ContentDescription(contentCodings: ["gzip"]), ContentDescription(contentCodings: ["deflate"]),
    ContentDescription(contentCodings: ["br"]), ContentDescription(contentCodings: ["zstd"]),
    ContentDescription(contentType: "application/json", contentCodings: ["deflate", "gzip"]),
    ContentDescription(contentType: "multipart/form-data; boundary=x"), ContentDescription(contentCodings: ["x-own"]),
  ]

  static let limits: DecodingLimits = {
    var limits = DecodingLimits()
    limits.maximumExpandedBytes = 1 << 17
    return limits
  }()

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let content = claims[Int(choice) % claims.count]
    let whole = try Reading([bytes], content)
    for pieces in Pieces.ways(of: bytes) {
      let parts = try Reading(pieces, content)
      try demand(parts.texts == whole.texts, "the views depend on how the bytes are cut")
      try demand(parts.issues == whole.issues, "the issues depend on how the bytes are cut")
    }
    let paused = try Reading(Pieces.cut(bytes, at: [bytes.count / 2]), content, pauses: true)
    // Where a message asks for more than is tried, it depends on the order what is.
    guard whole.isWithinLimits, paused.isWithinLimits else { return }
    // What is tried for compressed text and is none shows as far as it was read before that came out.
    let other = Set(whole.texts.keys).union(paused.texts.keys).filter { layers in
      whole.texts[layers] != paused.texts[layers] && !layers.contains { ContentCoding(rawValue: $0) != nil }
    }
    try demand(other.isEmpty, "the views depend on when somebody looks: \(other.sorted { $0.count < $1.count })")
  }

  /// Every view's text, and the checks on the way.
  struct Reading {
    let texts: [[String]: [[UInt8]]]
    let issues: [DecodingIssue]
    /// Whether all was tried that could be compressed text, and nothing was too large.
    let isWithinLimits: Bool

    init(_ pieces: [[UInt8]], _ content: ContentDescription, pauses: Bool = false) throws {
      let collector = ViewCollector()
      let tree = DecodingTree(content, limits: DecodingTarget.limits, observer: collector)
      for piece in pieces {
        piece.withUnsafeBytes { tree.receive($0) }
        if pauses { tree.flush() }
      }
      tree.finish()
      if let broken = collector.broken { throw broken }
      let received = pieces.reduce(0) { $0 + $1.count }
      try demand(tree.receivedBytes == received, "not every byte was received")
      let compressed = collector.readings.values.filter(\.isExpanded).reduce(0) { $0 + $1.bytes.count }
      let all = collector.readings.values.reduce(0) { $0 + $1.bytes.count }
      try demand(compressed <= DecodingTarget.limits.maximumExpandedBytes, "\(compressed) bytes were expanded")
      let allowed = received + DecodingTarget.limits.minimumWork
      let factor = DecodingTarget.limits.maximumWorkFactor
      try demand(
        all <= allowed + (received + compressed) * (factor + 1) + DecodingLimits.childBlockBytes,
        "\(all) bytes of views for \(received) received and \(compressed) expanded")
      for issue in tree.issues {
        try demand(issue.start <= issue.end && issue.end <= max(1, received), "an issue outside of the message")
      }
      issues = tree.issues
      // None was ever refused where all that the bytes gave are left.
      isWithinLimits =
        (0...received / DecodingLimits.bytesPerTrial).allSatisfy { _ in tree.takeTrial() }
        && !issues.contains { $0.kind == .tooLarge }
      texts = Dictionary(grouping: collector.readings.values) { $0.layers }.mapValues { readings in
        readings.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
      }
    }
  }

  private final class ViewCollector: ViewObserver {
    struct Reading {
      let layers: [String]
      let isExpanded: Bool
      var bytes: [UInt8] = []
      var isComplete = false
    }

    private(set) var readings: [Int: Reading] = [:]
    private(set) var broken: BrokenPromise?

    func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
      guard !view.isProvisional else { return range.upperBound }
      var reading =
        readings[view.id] ?? Reading(layers: view.layers, isExpanded: view.isCompressed && view.parentView != nil)
      do throws(BrokenPromise) {
        try demand(reading.bytes.count == range.lowerBound && !reading.isComplete, "a view is announced out of order")
        let (base, buffer) = view.bytes
        try demand(base <= range.lowerBound && range.upperBound <= base + buffer.count, "a view is not in memory")
        let span = view.originalSpan(range)
        try demand(0 <= span.lowerBound && span.upperBound <= view.tree.receivedBytes, "\(span) is outside: \(range)")
        reading.bytes += buffer[(range.lowerBound - base)..<(range.upperBound - base)]
      } catch {
        broken = broken ?? error
      }
      reading.isComplete = isLast
      readings[view.id] = reading
      return range.upperBound
    }
  }
}
