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
  private let textMemory: PageMemory<UInt8>
  private let startMemory: PageMemory<UInt32>
  private let hashMemory: PageMemory<UInt32>
  private let linkMemory: PageMemory<UInt32>
  private let gramLinkMemory: PageMemory<UInt32>
  private let firstLineMemory: PageMemory<UInt32>
  private let textStartMemory: PageMemory<UInt32>
  private let documents: UnsafeMutablePointer<SourceDocument?>
  private let documentCapacity: Int

  let text: UnsafeMutablePointer<UInt8>
  /// Where each line's text begins, after its indentation.
  let starts: UnsafeMutablePointer<UInt32>
  private let hashes: UnsafeMutablePointer<Atomic<UInt32>>
  private let links: UnsafeMutablePointer<Atomic<UInt32>>
  private let gramLinks: UnsafeMutablePointer<Atomic<UInt32>>
  /// The first line of each document.
  let firstLines: UnsafeMutablePointer<UInt32>
  private let texts: UnsafeMutablePointer<UInt32>

  private(set) var textCount = 1
  private(set) var lineCount = 1
  private(set) var documentCount = 0

  /// - Returns: `nil` where the system has no addresses left.
  init?(key: LineHash, textBytes: Int, lines: Int, documents documentCapacity: Int) {
    guard let textMemory = PageMemory<UInt8>(capacity: textBytes),
      let startMemory = PageMemory<UInt32>(capacity: lines), let hashMemory = PageMemory<UInt32>(capacity: lines),
      let linkMemory = PageMemory<UInt32>(capacity: lines), let gramLinkMemory = PageMemory<UInt32>(capacity: lines),
      let firstLineMemory = PageMemory<UInt32>(capacity: documentCapacity + 1),
      let textStartMemory = PageMemory<UInt32>(capacity: documentCapacity)
    else { return nil }
    self.key = key
    self.textMemory = textMemory
    self.startMemory = startMemory
    self.hashMemory = hashMemory
    self.linkMemory = linkMemory
    self.gramLinkMemory = gramLinkMemory
    self.firstLineMemory = firstLineMemory
    self.textStartMemory = textStartMemory
    self.documentCapacity = documentCapacity
    documents = .allocate(capacity: documentCapacity)
    text = textMemory.base
    starts = startMemory.base
    hashes = Self.atomic(hashMemory.base, lines)
    links = Self.atomic(linkMemory.base, lines)
    gramLinks = Self.atomic(gramLinkMemory.base, lines)
    firstLines = firstLineMemory.base
    texts = textStartMemory.base
    text[0] = UInt8(ascii: "\n")
    starts[0] = 0
    hashes[0].store(LineHash.boundary, ordering: .relaxed)
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

  // MARK: Reading

  @inline(__always)
  func hash(_ line: Int) -> UInt32 { hashes[line].load(ordering: .relaxed) }

  /// The place of the same line before this one; 0 where there is none.
  @inline(__always)
  func link(_ line: Int) -> Int { Int(links[line].load(ordering: .acquiring)) }

  @inline(__always)
  func gramLink(_ line: Int) -> Int { Int(gramLinks[line].load(ordering: .acquiring)) }

  func document(_ index: Int) -> SourceDocument? { documents[index] }

  /// The document that the line is in.
  func documentIndex(ofLine line: Int, among count: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(firstLines[middle]) <= line { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// The document that the byte of text is in.
  func documentIndex(ofText offset: Int, among count: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(texts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  func place(ofDocument index: Int) -> DocumentPlace {
    let first = Int(firstLines[index])
    let end = Int(firstLines[index + 1]) - 1
    let start = Int(texts[index])
    return DocumentPlace(lines: first..<end, text: start, bytes: Int(starts[end]) - start)
  }

  /// The next line that is not blank, in the same document.
  @inline(__always)
  func nextText(after line: Int) -> Int? {
    var next = line + 1
    while hash(next) == LineHash.blank { next += 1 }
    return hash(next) == LineHash.boundary ? nil : next
  }

  /// The line before that is not blank, in the same document.
  @inline(__always)
  func previousText(before line: Int) -> Int? {
    var previous = line - 1
    while hash(previous) == LineHash.blank { previous -= 1 }
    return hash(previous) == LineHash.boundary ? nil : previous
  }

  /// The line that the text at the offset belongs to, from the given one on.
  func line(atOffset offset: Int, from first: Int, to end: Int) -> Int {
    var low = first
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    return max(first, low - 1)
  }

  /// After the last byte of the line that is not white space.
  func textEnd(ofLine line: Int) -> Int {
    let start = Int(starts[line])
    var end = Int(starts[line + 1])
    // What is between two lines' texts is white space, and the line's own end is the first of its kind.
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  /// Where the line itself begins, indentation counted.
  func rawStart(ofLine line: Int) -> Int {
    var start = Int(starts[line])
    while start > 0, text[start - 1] <= 0x20, text[start - 1] != 0x0a, text[start - 1] != 0x0d { start -= 1 }
    return start
  }

  /// Whether the line's text, without the white space around it, is exactly these bytes.
  @inline(__always)
  func holds(_ line: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let start = Int(starts[line])
    guard start + count <= Int(starts[line + 1]), memcmp(text + start, bytes, count) == 0 else { return false }
    return textEnd(ofLine: line) == start + count
  }

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
    var reader = TextLineReader(text, from: position, to: end, isMessage: false)
    while reader.position < end {
      guard line - first < mostLines, line + 1 < startMemory.capacity else { return nil }
      let found = reader.next()
      starts[line] = UInt32(truncatingIfNeeded: found.start)
      hashes[line].store(key.hash(text + found.start, found.end - found.start), ordering: .relaxed)
      links[line].store(0, ordering: .relaxed)
      gramLinks[line].store(0, ordering: .relaxed)
      line += 1
    }
    starts[line] = UInt32(truncatingIfNeeded: end)
    hashes[line].store(LineHash.boundary, ordering: .releasing)
    return first..<line
  }

  /// Keeps what was appended last, as this document's.
  func keep(_ lines: Range<Int>, bytes: Int, as document: SourceDocument) {
    firstLines[documentCount] = UInt32(truncatingIfNeeded: lines.lowerBound)
    texts[documentCount] = UInt32(truncatingIfNeeded: textCount)
    (documents + documentCount).initialize(to: document)
    document.move(to: documentCount)
    documentCount += 1
    lineCount = lines.upperBound + 1
    textCount += bytes + 1
    firstLines[documentCount] = UInt32(truncatingIfNeeded: lineCount)
  }

  func setLink(_ line: Int, _ to: Int) { links[line].store(UInt32(truncatingIfNeeded: to), ordering: .releasing) }

  func setGramLink(_ line: Int, _ to: Int) {
    gramLinks[line].store(UInt32(truncatingIfNeeded: to), ordering: .releasing)
  }

  /// Makes the lines match nothing any more.
  func forget(_ lines: Range<Int>) {
    for line in lines { hashes[line].store(LineHash.boundary, ordering: .relaxed) }
  }
}
