extension SparseDecoder.Kind {
  /// The next byte that an escape may begin with; `end` where there is none.
  ///
  /// - Parameter base: the first offset that is readable.
  func find(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int, base: Int) -> Int {
    switch self {
    case .backslash, .percentAgain, .form: search.first(in: source, from: start, to: end)
    case .percent: findPercent(source, from: start, to: end, base: base)
    case .quotedPrintable: findEqualsSign(source, from: start, to: end)
    case .entity: findEntity(source, from: start, to: end)
    case .disguise: findDisguise(source, from: start, to: end, base: base)
    case .concatenation: findBreak(source, from: start, to: end, base: base)
    }
  }

  /// Most plus signs are those of base64 and of sums, which have no field before them.
  private func findPercent(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int, base: Int) -> Int {
    var position = search.first(in: source, from: start, to: end)
    while position < end, source[position] == UInt8(ascii: "+"), isNone(source, position, end, base: base) {
      position = search.first(in: source, from: position + 1, to: end)
    }
    return position
  }

  /// Most equals signs are no escapes, as the byte after them tells.
  private func findEqualsSign(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var position = search.first(in: source, from: start, to: end)
    let classes = CharacterTable.classes
    while position + 1 < end {
      let after = source[position + 1]
      let isDigit = classes[Int(after)] & CharacterTable.hexadecimal != 0
      if isDigit || after == UInt8(ascii: "\n") || after == UInt8(ascii: "\r") { return position }
      position = search.first(in: source, from: position + 1, to: end)
    }
    return position
  }

  /// Most ampersands stand between the fields of a query, or twice in code.
  private func findEntity(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var position = search.first(in: source, from: start, to: end)
    while position < end, isNone(source, position, end, base: position) {
      position = search.first(in: source, from: position + 1, to: end)
    }
    return position
  }

  /// Most text is ASCII, where nothing is disguised; beyond it most characters are what they seem.
  private func findDisguise(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int, base: Int) -> Int {
    var position = EscapeSearch.firstBeyondASCII(in: source, from: start, to: end)
    while position < end {
      if source[position] < 0x80 {
        position = search.first(in: source, from: position + 1, to: end)
      } else if isNone(source, position, end, base: base) {
        position = endOfCharacter(source, from: position, to: end)
      } else {
        return position
      }
    }
    return end
  }

  /// The end of the character that begins there, as far as its bytes are those of one: what is cut hides nothing behind it.
  @inline(__always)
  private func endOfCharacter(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    let limit = min(end, start + Escape.length(ofFirst: source[start]))
    var position = start + 1
    while position < limit, source[position] & 0xc0 == 0x80 { position += 1 }
    return position
  }

  /// Most quotes and line ends say by what stands beside them that nothing is broken there.
  private func findBreak(_ source: UnsafePointer<UInt8>, from start: Int, to end: Int, base: Int) -> Int {
    var position = PairFilter.first(in: source, from: start, to: end)
    while position < end, isNone(source, position, end, base: base) {
      position = PairFilter.first(in: source, from: position + 1, to: end)
    }
    return position
  }

  private func isNone(_ source: UnsafePointer<UInt8>, _ position: Int, _ end: Int, base: Int) -> Bool {
    let text = UnsafeBufferPointer(start: source + position, count: end - position)
    if case .none = Escape.read(self, text, behind: position - base, isLast: false) { return true }
    return false
  }
}
