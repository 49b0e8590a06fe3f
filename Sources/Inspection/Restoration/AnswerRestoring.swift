/// Puts values back in the place of their placeholders, in a stream of events or in one whole answer.
///
/// Models write a text in pieces of some letters, each in an event of its own. An event whose piece may be the beginning
/// of a placeholder waits for the next ones, at most until the placeholder would be whole; then all go on, in their order.
/// Events in which nothing is replaced go on as they came, to the byte.
package struct AnswerRestoring {
  /// May grow while a connection lasts.
  package var placeholders: PlaceholderSet
  private var waiting: [AnswerEvent] = []
  /// Events that went on, so that those that wait have numbers.
  private var released = 0
  private var streams: [String: Stream] = [:]
  /// Placeholders that were replaced so far.
  package private(set) var restored = 0

  /// One text that comes in pieces.
  private struct Stream {
    let path: String
    var lastEvent = 0
    var nesting = StringNesting()
    /// What may be the beginning of a placeholder, and the pieces that it is in.
    var carried: [UInt8] = []
    var segments: [Segment] = []
  }

  private struct Segment {
    let event: Int
    let text: Int
    let from: Int
  }

  /// Texts that are told apart, and events that wait: more are no answer of a model.
  private static let maximumStreams = 256
  private static let maximumWaiting = 512
  private static let maximumWaitingBytes = 4 * 1024 * 1024

  package init(_ placeholders: PlaceholderSet) { self.placeholders = placeholders }

  /// The next event.
  ///
  /// - Parameter json: where its JSON is in it; `nil` where it has none.
  /// - Returns: the events that may go on now.
  package mutating func take(_ event: [UInt8], json: Range<Int>?) -> [[UInt8]] {
    guard let json, let read = AnswerEvent.read(event, json) else {
      // A comment that keeps the connection alive ends no text.
      if !waiting.isEmpty, json == nil {
        waiting.append(AnswerEvent(event, jsonAt: 0))
        return isFull ? giveUpWaiting() : []
      }
      return giveUpWaiting() + [event]
    }
    var out: [[UInt8]] = []
    if isWaiting, !read.continues(paths: waitingPaths) { out = giveUpWaiting() }
    let number = released + waiting.count
    waiting.append(read.event)
    for (index, piece) in read.pieces.enumerated() {
      guard let identity = piece else {
        restored += waiting[number - released].texts[index].restore(placeholders)
        continue
      }
      takePiece(number, index, of: identity, path: read.paths[index])
    }
    return out + release()
  }

  /// The stream has ended: what waits was no placeholder.
  package mutating func finish() -> [[UInt8]] { giveUpWaiting() }

  private var isFull: Bool {
    waiting.count > Self.maximumWaiting || waiting.reduce(0) { $0 + $1.count } > Self.maximumWaitingBytes
  }

  private var isWaiting: Bool { streams.values.contains { !$0.carried.isEmpty } }

  private var waitingPaths: Set<String> { Set(streams.values.filter { !$0.carried.isEmpty }.map(\.path)) }

  private mutating func takePiece(_ number: Int, _ index: Int, of identity: String, path: String) {
    makeRoom(for: identity)
    var stream = streams[identity] ?? Stream(path: path)
    stream.lastEvent = number
    let text = waiting[number - released].texts[index].text
    var position = 0
    if !stream.carried.isEmpty {
      let joined = stream.carried + text
      switch joined.withUnsafeBufferPointer({ placeholders.match($0) }) {
      case .cut:
        stream.nesting.read(text)
        stream.segments.append(Segment(event: number, text: index, from: 0))
        stream.carried = joined
        streams[identity] = stream
        return
      case .found(let bytes, let value) where bytes >= stream.carried.count:
        position = bytes - stream.carried.count
        put(JSONText.escaped(value, depth: stream.nesting.depth), in: stream.segments)
        waiting[number - released].texts[index].replace(0..<position, by: [])
      case .none, .found: break
      }
      stream.carried = []
      stream.segments = []
    }
    var read = 0
    while let (place, match) = text.withUnsafeBufferPointer({ placeholders.next(in: $0, from: position) }) {
      stream.nesting.read(text[read..<place])
      read = place
      guard case .found(let bytes, let value) = match else {
        stream.carried = Array(text[place...])
        stream.segments = [Segment(event: number, text: index, from: place)]
        break
      }
      position = place + bytes
      restored += 1
      waiting[number - released].texts[index].replace(
        place..<position, by: JSONText.escaped(value, depth: stream.nesting.depth))
    }
    stream.nesting.read(text[read...])
    streams[identity] = stream
  }

  /// Over a connection that stays open, texts come without end: those that nothing came of for longest are over.
  private mutating func makeRoom(for identity: String) {
    guard streams[identity] == nil, streams.count >= Self.maximumStreams else { return }
    let over = streams.filter { $0.value.carried.isEmpty }.min { $0.value.lastEvent < $1.value.lastEvent }
    if let over { streams[over.key] = nil }
  }

  /// The value in the place of a placeholder's first piece, and nothing in that of the others.
  private mutating func put(_ value: [UInt8], in segments: [Segment]) {
    restored += 1
    for (index, segment) in segments.enumerated() {
      let event = segment.event - released
      let end = waiting[event].texts[segment.text].text.count
      waiting[event].texts[segment.text].replace(segment.from..<end, by: index == 0 ? value : [])
    }
  }

  /// Everything before the first event that still may change.
  private mutating func release() -> [[UInt8]] {
    guard !isFull else { return giveUpWaiting() }
    let first = streams.values.compactMap { $0.segments.first?.event }.min() ?? released + waiting.count
    return letGo(first - released)
  }

  private mutating func giveUpWaiting() -> [[UInt8]] {
    for key in streams.keys {
      streams[key]?.carried = []
      streams[key]?.segments = []
    }
    return letGo(waiting.count)
  }

  private mutating func letGo(_ count: Int) -> [[UInt8]] {
    let out = waiting[..<count].map(\.restored)
    waiting.removeFirst(count)
    released += count
    return out
  }
}

extension AnswerEvent {
  /// An event whose strings are known.
  struct Read {
    static let maximumLeaves = 256

    var event: AnswerEvent
    /// For each text the identity of the one that it is a piece of; `nil` for one that is whole.
    var pieces: [String?] = []
    var paths: [String] = []

    /// Whether it may be another piece of those texts, or of one beside them.
    func continues(paths waiting: Set<String>) -> Bool {
      zip(pieces, paths).contains { $0 != nil && waiting.contains($1) } || isSign
    }

    /// Whether it only says that the server lives.
    var isSign = false
  }

  /// - Returns: `nil` for what is no JSON.
  static func read(_ event: [UInt8], _ range: Range<Int>) -> Read? {
    event.withUnsafeBufferPointer { buffer -> Read? in
      let json = UnsafeBufferPointer(rebasing: buffer[range])
      guard let leaves = JSONLeaves(json) else { return nil }
      var read = Read(event: AnswerEvent(event, jsonAt: range.lowerBound))
      // An event has some tens of members; what has more is a document, in which texts are whole.
      let hasPieces = leaves.leaves.count <= Read.maximumLeaves
      var identities: [Int: String] = [:]
      for leaf in leaves.leaves where leaf.isString && !AnswerDialect.isSealed(leaf, in: leaves, json) {
        let encoded = UnsafeBufferPointer(rebasing: json[leaf.range])
        guard let text = JSONText.unescaped(encoded) else { continue }
        let path = leaves.path(of: leaf)
        if path == "type", text == Array("ping".utf8) { read.isSign = true }
        read.event.texts.append(LeafText(leaf.range, text))
        read.paths.append(path)
        guard hasPieces, AnswerDialect.isPiece(leaf, in: leaves) else {
          read.pieces.append(nil)
          continue
        }
        let identity = identities[leaf.object] ?? AnswerDialect.identity(of: leaf.object, in: leaves, json)
        identities[leaf.object] = identity
        read.pieces.append(path + identity)
      }
      return read
    }
  }
}
