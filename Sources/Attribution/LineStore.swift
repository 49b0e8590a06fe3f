internal import Glibc
internal import Synchronization

/// The text of all documents, and for each of its lines where it begins, its hash and its links.
///
/// Lines are numbered through all documents; before the first and after each document stands a boundary, which is a line
/// whose hash no text has. Memory never moves, and what was published never changes but for hashes of documents that
/// are forgotten.
final class LineStore: @unchecked Sendable {
  // Sound: one writer, under the index's lock; readers look only at what was published to them with a lock, and at
  // hashes and links, which are atomic.
  let key: LineHash
  /// For whoever holds the store.
  let lines: StoredLines
  private let textMemory: PageMemory<UInt8>
  private let startMemory: PageMemory<UInt32>
  private let lengthMemory: PageMemory<UInt16>
  private let hashMemory: PageMemory<UInt32>
  private let linkMemory: PageMemory<UInt32>
  private let gramLinkMemory: PageMemory<UInt32>
  private let firstLineMemory: PageMemory<UInt32>
  private let textStartMemory: PageMemory<UInt32>
  private let documents: UnsafeMutablePointer<SourceDocument?>
  private let documentCapacity: Int

  private var text: UnsafeMutablePointer<UInt8> { lines.text }

  private(set) var textCount = 1
  private(set) var lineCount = 1
  private(set) var documentCount = 0

  /// - Returns: `nil` where the system has no addresses left.
  init?(key: LineHash, textBytes: Int, lines: Int, documents documentCapacity: Int) {
    guard let textMemory = PageMemory<UInt8>(capacity: textBytes),
      let startMemory = PageMemory<UInt32>(capacity: lines), let lengthMemory = PageMemory<UInt16>(capacity: lines),
      let hashMemory = PageMemory<UInt32>(capacity: lines),
      let linkMemory = PageMemory<UInt32>(capacity: lines), let gramLinkMemory = PageMemory<UInt32>(capacity: lines),
      let firstLineMemory = PageMemory<UInt32>(capacity: documentCapacity + 1),
      let textStartMemory = PageMemory<UInt32>(capacity: documentCapacity)
    else { return nil }
    self.key = key
    self.textMemory = textMemory
    self.startMemory = startMemory
    self.lengthMemory = lengthMemory
    self.hashMemory = hashMemory
    self.linkMemory = linkMemory
    self.gramLinkMemory = gramLinkMemory
    self.firstLineMemory = firstLineMemory
    self.textStartMemory = textStartMemory
    self.documentCapacity = documentCapacity
    documents = .allocate(capacity: documentCapacity)
    self.lines = StoredLines(
      key: key, text: textMemory.base, starts: startMemory.base, lengths: lengthMemory.base,
      hashes: Self.atomic(hashMemory.base, lines),
      links: Self.atomic(linkMemory.base, lines), gramLinks: Self.atomic(gramLinkMemory.base, lines),
      firstLines: firstLineMemory.base, texts: textStartMemory.base)
    self.lines.text[0] = UInt8(ascii: "\n")
    self.lines.starts[0] = 0
    self.lines.hashes[0].store(LineHash.boundary, ordering: .relaxed)
  }

  deinit {
    documents.deinitialize(count: documentCount)
    documents.deallocate()
  }

  private static func atomic(
    _ memory: UnsafeMutablePointer<UInt32>, _ count: Int
  ) -> UnsafeMutablePointer<Atomic<UInt32>> {
    UnsafeMutableRawPointer(memory).bindMemory(to: Atomic<UInt32>.self, capacity: count)
  }

  func document(_ index: Int) -> SourceDocument? { documents[index] }

  // MARK: By the writer

  func hasRoom(text bytes: Int, lines: Int) -> Bool {
    textCount + bytes + 1 < textMemory.capacity && lineCount + lines + 1 < startMemory.capacity
      && documentCount < documentCapacity
  }

  /// Adds text and its lines; nobody sees them before they are published.
  ///
  /// - Returns: its lines, or `nil` where there are too many of them.
  func append(_ source: UnsafeRawBufferPointer, mostLines: Int) -> Range<Int>? {
    let base = textCount
    let end = base + source.count
    if let address = source.baseAddress { memcpy(text + base, address, source.count) }
    text[end] = UInt8(ascii: "\n")
    let first = lineCount
    var line = first
    var position = base
    if source.count >= 3, text[base] == 0xef, text[base + 1] == 0xbb, text[base + 2] == 0xbf { position += 3 }
    var reader = TextLineReader(text, from: position, to: end)
    while reader.position < end {
      guard line - first < mostLines, line + 1 < startMemory.capacity else { return nil }
      let found = reader.next()
      lines.starts[line] = UInt32(truncatingIfNeeded: found.start)
      lines.lengths[line] = UInt16(clamping: found.end - found.start)
      lines.hashes[line].store(key.hash(text + found.start, found.end - found.start), ordering: .relaxed)
      lines.links[line].store(0, ordering: .relaxed)
      lines.gramLinks[line].store(0, ordering: .relaxed)
      line += 1
    }
    lines.starts[line] = UInt32(truncatingIfNeeded: end)
    lines.hashes[line].store(LineHash.boundary, ordering: .releasing)
    return first..<line
  }

  /// Keeps what was appended last, as this document's.
  func keep(_ added: Range<Int>, bytes: Int, as document: SourceDocument) {
    lines.firstLines[documentCount] = UInt32(truncatingIfNeeded: added.lowerBound)
    lines.texts[documentCount] = UInt32(truncatingIfNeeded: textCount)
    (documents + documentCount).initialize(to: document)
    document.move(to: documentCount)
    documentCount += 1
    lineCount = added.upperBound + 1
    textCount += bytes + 1
    lines.firstLines[documentCount] = UInt32(truncatingIfNeeded: lineCount)
  }

  func setLink(_ line: Int, _ to: Int) { lines.links[line].store(UInt32(truncatingIfNeeded: to), ordering: .releasing) }

  func setGramLink(_ line: Int, _ to: Int) {
    lines.gramLinks[line].store(UInt32(truncatingIfNeeded: to), ordering: .releasing)
  }

  /// Makes the lines match nothing any more.
  func forget(_ range: Range<Int>) {
    for line in range { lines.hashes[line].store(LineHash.boundary, ordering: .relaxed) }
  }
}
