extension IndexWriter {
  /// Memory that the index takes.
  var usedBytes: Int {
    store.textCount + store.lineCount * Self.bytesPerLine + lines.bytes + grams.bytes + parts.bytes
  }

  /// A start, a length, a hash and two links.
  private static let bytesPerLine = 18

  /// Makes room for so much text, by forgetting what is dead if need be.
  mutating func makeRoom(for bytes: Int) -> Bool {
    // Every other byte a line's end would be refused later; text has a line for thirty bytes.
    let wanted = bytes + bytes / 16 * Self.bytesPerLine
    let isFull = usedBytes + wanted > memoryBytes || !store.hasRoom(text: bytes, lines: bytes / 16)
    if isFull ? deadBytes > 0 : deadBytes > max(memoryBytes / 8, store.textCount / 2) { compact() }
    return usedBytes + wanted <= memoryBytes && store.hasRoom(text: bytes, lines: bytes / 16)
  }

  /// Makes the tables large enough for so many lines more.
  mutating func growTables(lines count: Int, text: Int) -> Bool {
    let places = min(text, text / (AttributionLimits.partWindow / 2) + 16)
    guard let lines = grown(lines, for: count), let grams = grown(grams, for: count),
      let parts = grown(parts, for: places)
    else { return false }
    (self.lines, self.grams, self.parts) = (lines, grams, parts)
    return true
  }

  private func grown(_ table: PlaceTable, for more: Int) -> PlaceTable? {
    guard !table.hasRoom(for: more) else { return table }
    var capacity = table.capacity * 2
    while (table.used + more) * 4 > capacity * 3 { capacity *= 2 }
    guard usedBytes + (capacity - table.capacity) * 8 <= memoryBytes else { return nil }
    return table.grown(to: capacity)
  }

  /// Enters lines of a document into the tables.
  ///
  /// - Parameter old: for each line the one that it was before, or -1; then it takes that one's place.
  func enter(_ added: Range<Int>, replacing old: [Int32]) {
    lazy var winnow = LineWinnow(store.key)
    for line in added {
      let hash = store.lines.hash(line)
      guard hash != LineHash.blank else { continue }
      let before = old.isEmpty ? -1 : Int(old[line - added.lowerBound])
      enter(hash, line, replacing: before, inFileFrom: before >= 0 ? 0 : added.lowerBound)
      if let gram = gram(at: line) {
        let was = before >= 0 && self.gram(at: before) == gram ? before : -1
        enterGram(gram, line, replacing: was, inFileFrom: was >= 0 ? 0 : added.lowerBound)
      }
      guard Int(store.lines.starts[line + 1]) - Int(store.lines.starts[line]) > AttributionLimits.longLineBytes else {
        continue
      }
      let end = store.lines.textEnd(ofLine: line)
      guard end - Int(store.lines.starts[line]) > AttributionLimits.longLineBytes else { continue }
      winnow.forEach(store.lines.text, from: Int(store.lines.starts[line]), to: end) { hash, place in
        parts.add(hash, place, atMost: AttributionLimits.partPlaces)
      }
    }
  }

  private func enter(_ hash: UInt32, _ line: Int, replacing old: Int, inFileFrom first: Int) {
    lines.insert(hash, line, inFileFrom: first) { last in
      guard last != old else { return store.setLink(line, store.lines.link(old)) }
      store.setLink(line, last)
      guard old >= 0 else { return }
      var place = last
      for _ in 0...AttributionLimits.chainPlaces where place > 0 {
        let next = store.lines.link(place)
        if next == old { return store.setLink(place, store.lines.link(old)) }
        place = next
      }
    }
  }

  private func enterGram(_ hash: UInt32, _ line: Int, replacing old: Int, inFileFrom first: Int) {
    grams.insert(hash, line, inFileFrom: first) { last in
      guard last != old else { return store.setGramLink(line, store.lines.gramLink(old)) }
      store.setGramLink(line, last)
      guard old >= 0 else { return }
      var place = last
      for _ in 0...AttributionLimits.chainPlaces where place > 0 {
        let next = store.lines.gramLink(place)
        if next == old { return store.setGramLink(place, store.lines.gramLink(old)) }
        place = next
      }
    }
  }

  /// The hash of the line and its next two, blank ones not counted, if there are so many.
  private func gram(at line: Int) -> UInt32? {
    guard let second = store.lines.nextText(after: line), let third = store.lines.nextText(after: second) else {
      return nil
    }
    return store.key.hash(store.lines.hash(line), store.lines.hash(second), store.lines.hash(third))
  }

  /// Moves what is alive to new memory.
  private mutating func compact() {
    guard let fresh = Self.emptyStore(store.key, memoryBytes), let lines = PlaceTable(capacity: Self.leastSlots),
      let grams = PlaceTable(capacity: Self.leastSlots), let parts = PlaceTable(capacity: Self.leastSlots)
    else { return }
    let old = store
    let places = (0..<old.documentCount).map { old.lines.place(ofDocument: $0) }
    store = fresh
    (self.lines, self.grams, self.parts) = (lines, grams, parts)
    deadBytes = 0
    for index in 0..<old.documentCount {
      guard let document = old.document(index), !document.isForgotten else { continue }
      let place = places[index]
      let text = UnsafeRawBufferPointer(start: old.lines.text + place.text, count: place.bytes)
      guard let added = store.append(text, mostLines: AttributionLimits.fileLines),
        growTables(lines: added.count, text: text.count)
      else { continue }
      let moved = DocumentPlace(lines: added, text: store.textCount, bytes: text.count)
      store.keep(added, bytes: text.count, as: document)
      enter(added, replacing: [])
      if known[document.file.path]?.document === document { known[document.file.path]?.place = moved }
    }
  }
}
