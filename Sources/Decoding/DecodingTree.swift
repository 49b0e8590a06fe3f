internal import Compression

// See ``DecodedView`` on exclusivity.
/// All readings of one message, and what they may cost together.
package final class DecodingTree {
  package let limits: DecodingLimits
  /// Whether views keep all their bytes: for editing, which is bounded by its caller.
  let keepsEverything: Bool
  let isForm: Bool
  // Outlives the tree, as the initialiser asks.
  unowned(unsafe) let observer: any ViewObserver
  package private(set) var issues: [DecodingIssue] = []
  @exclusivity(unchecked) package private(set) var receivedBytes = 0
  private var root: DecodedView?
  private var viewCount = 0
  @exclusivity(unchecked) private var expandedBytes = 0
  @exclusivity(unchecked) private var work = 0
  private var carvings = 0
  private var trials = 0
  private var archived = 0
  @exclusivity(unchecked) private var isExhausted = false
  private(set) var isPreviewing = false
  /// Whether its state is what the bytes received make of it, and nothing else.
  private var isSteady = true
  @exclusivity(unchecked) private var lentBatch: EscapeBatch?
  /// What a copy takes in memory.
  package private(set) var heldBytes = 0

  /// - Parameter observer: outlives the tree.
  package init(
    _ content: ContentDescription, limits: DecodingLimits, keepsEverything: Bool = false, expected: Int = 512,
    observer: any ViewObserver
  ) {
    self.limits = limits
    self.keepsEverything = keepsEverything
    self.observer = observer
    isForm = content.isForm
    let decoder = decoder(of: content)
    root = DecodedView(tree: self, parent: nil, layer: nil, expected: expected, decoder: decoder)
  }

  /// As ``copy(for:_:)`` needs it, without views.
  private init(copying other: DecodingTree, at waiting: Int, observer: any ViewObserver) {
    limits = other.limits
    keepsEverything = other.keepsEverything
    isForm = other.isForm
    self.observer = observer
    issues = other.issues
    receivedBytes = other.receivedBytes - waiting
    viewCount = other.viewCount
    expandedBytes = other.expandedBytes
    work = other.work + waiting * other.limits.maximumWorkFactor
    carvings = other.carvings
    trials = other.trials
    archived = other.archived
    isExhausted = other.isExhausted
  }

  /// A tree that stands where this one stood when its last block was whole: what another message that begins with the
  /// same ``receivedBytes`` would have made of them. This tree stays as it is.
  ///
  /// - Parameters:
  ///   - observer: outlives the copy.
  ///   - attach: called for every view that has an ``DecodedView/attachment``, with its copy: copies that, too, and gives
  ///     the bytes that it takes, or `nil` where it cannot.
  /// - Returns: `nil` where a part cannot be copied, as an open stream of brotli or zstd; where it is more than is worth
  ///   it; and after ``flush()``, since what is looked at together then depends on more than on the bytes.
  package func copy(
    for observer: any ViewObserver, _ attach: @escaping (_ original: DecodedView, _ copy: DecodedView) -> Int?
  ) -> DecodingTree? {
    guard let root, isSteady, !keepsEverything else { return nil }
    let copy = DecodingTree(copying: self, at: root.waitingBytes, observer: observer)
    let copies = TreeCopy(into: copy, room: DecodingLimits.copyBytes, observer: attach)
    copy.root = root.copy(parent: nil, copies)
    copy.heldBytes = DecodingLimits.copyBytes - copies.room
    return copy.root == nil ? nil : copy
  }

  private func decoder(of content: ContentDescription) -> any ViewDecoder {
    let tokens = content.contentCodings
    guard !tokens.isEmpty else { return wholeTextDecoder(under: []) }
    let codings = tokens.compactMap { ContentCoding(token: $0) }
    guard codings.count == tokens.count else {
      report(.undecodable, 0..<0, [])
      return wholeTextDecoder(under: [])
    }
    let taken = codings.filter { $0 != .identity }
    guard taken.count <= limits.maximumDepth else {
      report(.tooDeep, 0..<0, [])
      return wholeTextDecoder(under: [])
    }
    return taken.isEmpty ? wholeTextDecoder(under: []) : ClaimedCoding(taken)
  }

  func wholeTextDecoder(under layers: [String]) -> any ViewDecoder { WholeTextDecoder(decoders(under: layers)) }

  /// A form's plus signs are spaces once.
  func decoders(under layers: [String]) -> OrdinaryDecoders {
    let wasDecoded = layers.contains { $0 == SparseDecoder.Kind.form.layer || $0 == SparseDecoder.Kind.percent.layer }
    let kind = wasDecoded ? SparseDecoder.Kind.percentAgain : .percent
    return OrdinaryDecoders(percents: isForm && !layers.contains(SparseDecoder.Kind.form.layer) ? .form : kind)
  }

  package func receive(_ bytes: UnsafeRawBufferPointer) {
    guard let root, let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    // Block by block, so that nothing counts as received before what is before it was looked at, whatever the chunks.
    var offset = 0
    while offset < bytes.count {
      let step = min(root.blockRoom, bytes.count - offset)
      receivedBytes += step
      root.write(start + offset, step)
      offset += step
    }
    lentBatch = nil
  }

  /// Looks at everything received so far, without ending anything.
  package func flush() {
    isSteady = false
    root?.flush()
    lentBatch = nil
  }

  /// The message is complete. Places of what was found stay readable until the tree goes.
  package func finish() {
    isSteady = false
    root?.finish()
    lentBatch = nil
    // What was wrong before the first byte is wrong with all of them.
    issues = issues.map { issue in
      guard issue.end == 0 else { return issue }
      return DecodingIssue(kind: issue.kind, start: 0, end: receivedBytes, layers: issue.layers)
    }
  }
}

// MARK: - Budgets

extension DecodingTree {
  /// Lent from the first escape on for as long as bytes are looked at: a message that waits for its next ones has none. Used
  /// up before any other view goes on.
  var batch: EscapeBatch {
    if let lentBatch { return lentBatch }
    let batch = EscapeBatch()
    lentBatch = batch
    return batch
  }

  func nextViewID() -> Int {
    defer { viewCount += 1 }
    return viewCount
  }

  /// - Returns: false once the message has asked for more than its size allows.
  func takeWork(_ bytes: Int, by view: DecodedView) -> Bool {
    if view.isMessage {
      work -= bytes * limits.maximumWorkFactor
      return true
    }
    // As long as the text at most, which is not read itself.
    if view.isReadInstead { return true }
    guard !isExhausted else { return false }
    work += bytes
    guard work <= limits.minimumWork else {
      isExhausted = true
      report(.tooLarge, 0..<max(1, receivedBytes), view.layers)
      return false
    }
    return true
  }

  /// Lets the body make provisional views. What they cost is bounded by what is kept in memory, and is not counted
  /// again each time that a message is let go a little further.
  func preview(_ body: () -> Void) {
    let counts = (work, carvings, trials, archived)
    work = min(work, 0)
    isPreviewing = true
    body()
    isPreviewing = false
    (work, carvings, trials, archived) = counts
  }

  /// Bytes that a decompressor may still give.
  var expansionRoom: Int { limits.maximumExpandedBytes - expandedBytes }

  func takeExpansion(_ bytes: Int) {
    expandedBytes += bytes
    work -= bytes * limits.maximumWorkFactor
  }

  /// - Returns: false where a message holds more compressed streams than anybody sends.
  func takeCarving(by view: DecodedView, at offset: Int) -> Bool {
    carvings += 1
    guard carvings <= limits.maximumCarvings else {
      guard carvings == limits.maximumCarvings + 1 else { return false }
      report(.tooLarge, view.originalStart(of: offset)..<view.originalEnd(of: offset), view.layers)
      return false
    }
    return true
  }

  /// - Returns: false where a message holds more files of archives than fit into it.
  func takeArchived(by view: DecodedView, at offset: Int) -> Bool {
    archived += 1
    let most = DecodingLimits.minimumTrials + (receivedBytes + expandedBytes) / DecodingLimits.bytesPerArchived
    guard archived <= most else {
      report(.tooLarge, view.originalStart(of: offset)..<view.originalEnd(of: offset), view.layers)
      return false
    }
    return true
  }

  /// - Returns: false where a message holds more that could be compressed text, by two bytes or by none, than is tried so
  ///   far. What is refused is not counted: the bytes that come give trials again.
  func takeTrial() -> Bool {
    guard trials < DecodingLimits.minimumTrials + receivedBytes / DecodingLimits.bytesPerTrial else { return false }
    trials += 1
    return true
  }

  func report(_ kind: DecodingIssue.Kind, _ span: Range<Int>, _ layers: [String]) {
    let issue = DecodingIssue(kind: kind, start: span.lowerBound, end: span.upperBound, layers: layers)
    guard issues.count < DecodingLimits.maximumIssues, !issues.contains(issue) else { return }
    issues.append(issue)
  }
}
