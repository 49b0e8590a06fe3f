internal import Glibc

/// The one who changes the index. Used under the index's lock.
struct IndexWriter {
  /// What is known of a path.
  struct Known {
    let file: SourceFile
    /// Its last content that was in the index.
    var document: SourceDocument
    var place: DocumentPlace
    /// Whether the file is there with that content.
    var isPresent: Bool
  }

  let memoryBytes: Int
  var store: LineStore
  var lines: PlaceTable
  var grams: PlaceTable
  var parts: PlaceTable
  var known: [String: Known] = [:]
  /// Text that matches nothing any more.
  var deadBytes = 0
  private var leftOut = LeftOutFiles()
  private var nextIdentity: UInt32 = 1
  private let isGuarded: @Sendable (String) -> Bool
  /// Whether everything is in it that the run begins with.
  var hasBegun = false
  private var contents = IndexContents()
  private var openings = 0
  private var hasVersions = false

  /// - Returns: `nil` where the system has no addresses for so much.
  init?(memoryBytes: Int, isGuarded: @escaping @Sendable (String) -> Bool = { _ in false }) {
    let memory = max(1 << 20, min(memoryBytes, PlaceTable.Entry.places - 1))
    guard let store = Self.emptyStore(LineHash(), memory), let lines = PlaceTable(capacity: Self.leastSlots),
      let grams = PlaceTable(capacity: Self.leastSlots), let parts = PlaceTable(capacity: Self.leastSlots)
    else { return nil }
    self.memoryBytes = memory
    self.isGuarded = isGuarded
    self.store = store
    self.lines = lines
    self.grams = grams
    self.parts = parts
  }

  static let leastSlots = 1024

  static func emptyStore(_ key: LineHash, _ memoryBytes: Int) -> LineStore? {
    LineStore(key: key, textBytes: memoryBytes, lines: memoryBytes / 16, documents: max(1024, memoryBytes / 256))
  }

  var snapshot: IndexSnapshot {
    IndexSnapshot(store, lines: lines, grams: grams, parts: parts, hasVersions: hasVersions)
  }

  var told: IndexContents {
    var told = contents
    leftOut.tell(&told)
    return told
  }

  var isComplete: Bool { leftOut.isComplete }

  // MARK: Changes

  /// Takes in what a file holds now.
  ///
  /// - Returns: whether anything changed that readers must see.
  mutating func take(_ path: String, _ text: UnsafeRawBufferPointer) -> Bool {
    let before = known[path]
    if let before, before.isPresent, before.place.bytes == text.count,
      text.baseAddress.map({ memcmp(store.lines.text + before.place.text, $0, text.count) == 0 }) ?? true
    {
      return false
    }
    if text.count > AttributionLimits.fileBytes { return leaveOut(path, .tooLarge) }
    if TextProbe.isBinary(text) { return leaveOut(path, .binary) }
    guard makeRoom(for: text.count) else { return leaveOut(path, .memory) }
    guard let added = store.append(text, mostLines: AttributionLimits.fileLines) else {
      return leaveOut(path, .tooManyLines)
    }
    guard growTables(lines: added.count, text: text.count) else { return leaveOut(path, .memory) }
    // Making room may have moved what was there before.
    admit(path, added, text.count, before: known[path])
    return true
  }

  private mutating func admit(_ path: String, _ added: Range<Int>, _ bytes: Int, before: Known?) {
    let place = DocumentPlace(lines: added, text: store.textCount, bytes: bytes)
    let same = before.map { LineChange(from: $0.place.lines, to: added, in: store.lines).origins } ?? []
    var identities = LineIdentities()
    for (index, line) in added.enumerated() {
      if let before, same[index] >= 0 {
        identities.append(before.document.identities[Int(same[index]) - before.place.lines.lowerBound])
      } else {
        // A number for each line that was ever there: billions.
        identities.append(nextIdentity &+ UInt32(truncatingIfNeeded: line - added.lowerBound))
      }
    }
    nextIdentity &+= UInt32(truncatingIfNeeded: added.count)
    let file = before?.file ?? SourceFile(path, isGuarded: isGuarded(path))
    let previous = before.flatMap { $0.document.isKept ? $0.document : $0.document.previous }
    if previous != nil { hasVersions = true }
    let document = SourceDocument(
      file, version: (before?.document.version ?? 0) + 1, identities: identities, previous: previous,
      isOriginal: !hasBegun && before == nil)
    store.keep(added, bytes: bytes, as: document)
    enter(added, replacing: same)
    if let before { withdraw(before) }
    known[path] = Known(file: file, document: document, place: place, isPresent: true)
    file.note(version: document.version)
    leftOut.remove(path)
    contents.files += 1
    contents.lines += added.count
    contents.bytes += bytes
  }

  mutating func remove(_ path: String) -> Bool {
    leftOut.remove(path)
    guard let there = known[path], there.isPresent else { return false }
    withdraw(there)
    known[path]?.isPresent = false
    there.file.note(version: 0)
    return true
  }

  mutating func remove(under folder: String) -> Bool {
    leftOut.remove(under: folder)
    var hasChanged = false
    for (path, there) in known where there.isPresent && path.hasPrefix(folder + "/") {
      hasChanged = remove(path) || hasChanged
    }
    return hasChanged
  }

  mutating func leaveOut(_ path: String, _ reason: IndexContents.Reason) -> Bool {
    let changed = remove(path)
    leftOut.add(path, reason)
    return changed
  }

  mutating func noteOpened(_ path: String) {
    openings += 1
    known[path]?.file.noteOpened(openings)
  }

  /// Takes a content out of the count, and out of the index unless it may come again in a conversation.
  private mutating func withdraw(_ there: Known) {
    if there.isPresent {
      contents.files -= 1
      contents.lines -= there.place.lines.count
      contents.bytes -= there.place.bytes
    }
    guard !there.document.isKept, !there.document.isForgotten else { return }
    there.document.forget()
    store.forget(there.place.lines)
    deadBytes += there.place.bytes
  }
}
