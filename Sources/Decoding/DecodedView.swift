// As of most classes here it is not asked whether two accesses to a member overlap: no member is used while another
// call changes it, and it would be asked some times for each few bytes of a message.
/// One reading of a message's bytes: as they came, or with encodings taken off.
///
/// Views form a tree. Each gets bytes in order, announces them to the observer in blocks, and hands what is encoded in
/// them to its decoders, which write the views below. Blocks are counted in the view's own bytes, so that nothing
/// depends on how the message arrived.
package final class DecodedView {
  /// The encodings taken off, outermost first.
  package let layers: [String]
  /// Counts from 0 in the order of creation; 0 is the message itself.
  package let id: Int
  /// Whether places are those of a whole compressed text.
  package let isCoarse: Bool
  /// The observer's own state for this view.
  package var attachment: AnyObject?

  // Unsafe but sound: the tree owns the root, parents own their children, so both outlive every view. A counted
  // reference would be retained for every few bytes.
  unowned(unsafe) let tree: DecodingTree
  unowned(unsafe) let parent: DecodedView?
  @exclusivity(unchecked) var window: ViewWindow
  @exclusivity(unchecked) var map = SpanMap()
  /// Whether the view was made for compressed text that it turned out not to be.
  var isRefuted = false
  /// The offset up to which bytes were announced and decoded.
  @exclusivity(unchecked) private(set) var processed = 0
  let isMessage: Bool
  /// Whether everything in the view is read in the views beneath it, so that there is nothing to look for in itself.
  package private(set) var isReadBeneath = false
  /// Whether the view was made to see what would be there if the message ended: nothing in it is certain.
  package let isProvisional: Bool
  private let blockBytes: Int
  /// Encodings taken off, but for the escapes of what is read in this view alone.
  private let depth: Int
  /// Where the first escape was taken off, if that is not where the view begins.
  @exclusivity(unchecked) var firstEscape: Int?
  private var isFinished = false
  private var decoder: any ViewDecoder
  private(set) var children: [DecodedView] = []

  /// - Parameter decoder: one for every encoding unless it is said.
  init(
    tree: DecodingTree, parent: DecodedView?, layer: String?, isCoarse: Bool = false, expected: Int,
    decoder: (any ViewDecoder)? = nil
  ) {
    self.tree = tree
    self.parent = parent
    self.isCoarse = isCoarse || (parent?.isCoarse ?? false)
    isMessage = parent == nil
    isProvisional = tree.isPreviewing
    var layers = parent?.layers ?? []
    if let layer { layers.append(layer) }
    self.layers = layers
    depth = (parent?.depth ?? 0) + (layer == nil || parent?.isReadBeneath == true ? 0 : 1)
    self.decoder = decoder ?? tree.decoders(under: layers)
    id = tree.nextViewID()
    blockBytes = parent == nil ? tree.limits.blockBytes : DecodingLimits.childBlockBytes
    window = ViewWindow(capacity: min(expected, blockBytes + DecodingLimits.keptBytes))
  }

  /// Its decoder is still the other's. Without views beneath, and without what the blocks of a message have not come to yet.
  private init(copying other: DecodedView, parent: DecodedView?, in tree: DecodingTree) {
    self.tree = tree
    self.parent = parent
    layers = other.layers
    depth = other.depth
    firstEscape = other.firstEscape
    id = other.id
    isCoarse = other.isCoarse
    isMessage = other.isMessage
    isProvisional = other.isProvisional
    isRefuted = other.isRefuted
    isReadBeneath = other.isReadBeneath
    isFinished = other.isFinished
    decoder = other.decoder
    blockBytes = other.blockBytes
    processed = other.processed
    map = other.map
    window = ViewWindow(copying: other.window, upTo: other.isMessage ? other.processed : other.end)
  }

  /// The view's bytes that are in memory, and the offset of the first.
  package var bytes: (base: Int, buffer: UnsafeBufferPointer<UInt8>) {
    (window.base, UnsafeBufferPointer(start: window.bytes, count: window.count))
  }

  /// The offset after the last byte received.
  package var end: Int { window.end }

  /// Where the bytes `range` stand in the message as it was sent.
  package func originalSpan(_ range: Range<Int>) -> Range<Int> {
    // The last letter of UTF-16 may lack its second byte.
    let start = min(tree.receivedBytes, originalStart(of: range.lowerBound))
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, min(tree.receivedBytes, originalEnd(of: range.upperBound - 1)))
  }

  func originalStart(of offset: Int) -> Int {
    if map.isWhole { return map.wholeStart }
    let start = map.start(of: offset)
    return parent?.originalStart(of: start) ?? start
  }

  func originalEnd(of offset: Int) -> Int {
    let end = map.end(of: offset)
    return parent?.originalEnd(of: end - 1) ?? end
  }

  /// The view that this one was decoded from; `nil` for the message itself.
  package var parentView: DecodedView? { parent }

  /// Whether the view is what compressed bytes of its parent hold.
  package var isCompressed: Bool { map.isWhole }

  /// For a view of base64: which byte of its quad the byte at the offset is, 0...2.
  package func base64Phase(of offset: Int) -> Int? { map.base64Phase(of: offset) }

  /// The same range one encoding further out; of compressed text so much of the compressed bytes as it is of what came
  /// of them, and never nothing.
  package func parentSpan(_ range: Range<Int>) -> Range<Int> {
    if map.isWhole {
      let start = map.proportion(of: range.lowerBound, received: end)
      return start..<max(start + 1, map.proportion(of: range.upperBound, received: end))
    }
    let start = map.start(of: range.lowerBound)
    return start..<max(start, map.end(of: max(range.lowerBound, range.upperBound - 1)))
  }
}

// MARK: - Copying

extension DecodedView {
  /// The same view in another tree, with all that is beneath it.
  ///
  /// - Returns: `nil` where a part of it cannot be copied.
  func copy(parent: DecodedView?, _ copies: TreeCopy) -> DecodedView? {
    guard copies.take(window.count + map.heldBytes + DecodingLimits.viewBytes) else { return nil }
    let copy = DecodedView(copying: self, parent: parent, in: copies.tree)
    guard copies.note(self, copy) else { return nil }
    for child in children {
      guard let child = child.copy(parent: copy, copies) else { return nil }
      copy.children.append(child)
    }
    guard let decoder = decoder.copy(copies) else { return nil }
    copy.decoder = decoder
    return copy
  }

  /// Bytes that wait for their block to be whole.
  var waitingBytes: Int { window.end - processed }

  /// Bytes up to the end of the block.
  var blockRoom: Int { max(1, processed + blockBytes - window.end) }
}

// MARK: - Growing

extension DecodedView {
  func write(_ source: UnsafePointer<UInt8>, _ length: Int) {
    guard tree.takeWork(length, by: self) else { return }
    var source = source
    var length = length
    while length > 0 {
      // More than a block may wait where bytes were committed directly.
      let step = min(blockRoom, length)
      window.append(source, step)
      source += step
      length -= step
      if window.end - processed >= blockBytes { process(isLast: false) }
    }
  }

  func write(_ byte: UInt8) {
    guard tree.takeWork(1, by: self) else { return }
    window.append(byte)
    if window.end - processed >= blockBytes { process(isLast: false) }
  }

  /// Memory for so many bytes more, to be written directly and then committed.
  func reserve(_ length: Int) -> UnsafeMutablePointer<UInt8> { window.reserve(length) }

  /// Counts bytes that were written to reserved memory, with their places.
  func commit(_ length: Int, _ entries: UnsafeBufferPointer<SpanMap.Entry>) {
    guard length > 0 || !entries.isEmpty, tree.takeWork(length, by: self) else { return }
    // Marks without bytes are those of line ends that stand for nothing.
    map.append(entries)
    window.advance(length)
    if window.end - processed >= blockBytes { process(isLast: false) }
  }

  /// Ends what went before: nothing matches across it.
  func writeSeparator() {
    if window.end > 0 { write(DecodedView.separator) }
  }

  /// RECORD SEPARATOR: in no credential, no encoding, no white space.
  package static let separator: UInt8 = 0x1e

  /// Announces and decodes everything that was received, and what is open as if it ended here.
  func flush() {
    guard !isFinished else { return }
    if window.end > processed { process(isLast: false) }
    for child in children { child.flush() }
    let count = children.count
    tree.preview {
      decoder.preview(self)
      for child in children[count...] { child.finish() }
    }
    children.removeSubrange(count...)
  }

  /// The view has all its bytes.
  func finish() {
    guard !isFinished else { return }
    isFinished = true
    process(isLast: true)
    for child in children { child.finish() }
  }

  private func process(isLast: Bool) {
    let range = processed..<window.end
    if range.lowerBound == 0 { isReadBeneath = decoder.readsBeneath(self) }
    processed = range.upperBound
    var kept = tree.observer.view(self, received: range, isLast: isLast)
    decoder.decode(self, upTo: range.upperBound, isLast: isLast)
    kept = min(kept, decoder.needed)
    guard !tree.keepsEverything else { return }
    window.trim(before: min(kept, range.upperBound - DecodingLimits.keptBytes))
    map.prune(before: mapFloor(atMost: kept))
  }

  /// The lowest offset that somebody may still ask the place of.
  private func mapFloor(atMost kept: Int) -> Int {
    children.reduce(min(kept, window.base)) { floor, child in
      min(floor, child.map.start(of: child.window.base))
    }
  }

  /// Whether escapes were taken off, so that the view may begin with text that has none, and a word of ASCII letters,
  /// digits and underscores is the same in it and outside.
  package var isUnescapedText: Bool {
    isPart || layers.last.map { SparseDecoder.Kind.layers.contains($0) || $0 == ArmorDecoder.layer } ?? false
  }

  /// Whether it is what the lines of a dump show.
  package var isDump: Bool { layers.last == DumpDecoder.layer && !isPart }

  /// Whether the view is a part of its parent as it stands, and no encoding was taken off.
  package var isPart: Bool { parent.map { $0.layers.count == layers.count } ?? false }

  /// Whether one more encoding is within the limit.
  var canHaveChild: Bool { isReadBeneath || depth < tree.limits.maximumDepth }

  /// Whether the view is read in its parent's place.
  var isReadInstead: Bool { parent.map(\.isReadBeneath) ?? false }

  /// A view of these bytes with one more encoding taken off.
  ///
  /// - Parameter layer: `nil` where none is.
  /// - Returns: `nil` where that would be too deep, which is then on record.
  func makeChild(
    _ layer: String?, at offset: Int, isCoarse: Bool = false, expected: Int = 512, decoder: (any ViewDecoder)? = nil
  ) -> DecodedView? {
    guard layer == nil || canHaveChild else {
      tree.report(.tooDeep, originalStart(of: offset)..<originalEnd(of: offset), layers)
      return nil
    }
    let child = DecodedView(
      tree: tree, parent: self, layer: layer, isCoarse: isCoarse, expected: expected, decoder: decoder)
    children.append(child)
    return child
  }

  /// Ends a child that gets no more bytes, and lets go of it unless its bytes are asked for later.
  func close(_ child: DecodedView) {
    child.finish()
    if !tree.keepsEverything { children.removeAll { $0 === child } }
  }
}
