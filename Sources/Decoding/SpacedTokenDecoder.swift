/// Finds base64, base32 and hexadecimal characters in groups of one length with one separator between them, such as
/// `48 65 6c`, `48:65:6c`, `0x48, 0x65` or short lines, and decodes them as one token.
struct SpacedTokenDecoder {
  /// How the groups follow each other.
  private struct Rhythm {
    let group: Int
    let separator: [UInt8]
    var period: Int { group + separator.count }
  }

  private let classes = CharacterTable.classes
  private var rhythm: Rhythm?
  private var next: Int
  /// Where the last run ended, or the view begins.
  private var floor: Int
  /// Where the open run begins.
  private var start = 0
  /// Bytes of the period that have been read.
  private var position = 0
  private var reader: TokenReader?

  init(from start: Int = 0) {
    next = start
    floor = start
  }

  var needed: Int {
    rhythm == nil ? max(0, next - 2 * DecodingLimits.maximumPeriod) : reader?.firstOffset ?? next
  }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&reader) }

  /// - Parameter coveredEnd: up to where a place is in another view, which gets a decoder like this itself.
  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool, skipping coveredEnd: (Int) -> Int?) {
    while next < end {
      if rhythm != nil { read(view, to: end) } else if !search(view, to: end, isLast: isLast, coveredEnd) { break }
    }
    if isLast, rhythm != nil { endRun(view) }
  }

  func preview(_ view: DecodedView) {
    // What was not searched for want of bytes is searched with those that are there.
    let earliest = rhythm == nil ? max(floor, next - DecodingLimits.rhythmStride) : start
    let start = max(earliest, view.window.base, view.end - DecodingLimits.previewBytes)
    var decoder = SpacedTokenDecoder(from: start)
    decoder.decode(view, upTo: view.end, isLast: true) { _ in nil }
  }

  // MARK: Search

  /// Looks here and there for a separator that comes again and again.
  ///
  /// - Returns: false where bytes are missing that may decide it.
  private mutating func search(
    _ view: DecodedView, to end: Int, isLast: Bool, _ coveredEnd: (Int) -> Int?
  ) -> Bool {
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    let last = isLast ? end : end - DecodingLimits.rhythmBytes + 1
    // A local copy: it lives in a register there.
    var position = next
    defer { next = rhythm == nil ? min(position, end) : next }
    let lowest = max(floor, view.window.base)
    while position < last {
      if let covered = coveredEnd(position) {
        position = max(position + 1, covered)
        continue
      }
      if let (found, rhythm) = self.rhythm(bytes, from: &position, to: end, lowest) {
        begin(view, bytes, at: found, rhythm)
        return true
      }
    }
    return isLast
  }

  /// Whether the first separator at or after `next` comes again at the same distance. `next` moves on.
  private func rhythm(
    _ bytes: UnsafePointer<UInt8>, from next: inout Int, to end: Int, _ lowest: Int
  ) -> (at: Int, Rhythm)? {
    let start = next
    let limit = min(end, start + DecodingLimits.maximumGroup)
    var separator = start
    // The first character that may or may not be one.
    var doubtful = limit
    while separator < limit {
      let bits = classes[Int(bytes[separator])]
      if bits & CharacterTable.alphanumeric == 0 {
        if bits & CharacterTable.token == 0 { break }
        if doubtful == limit { doubtful = separator }
      }
      separator += 1
    }
    next = max(start + DecodingLimits.rhythmStride, separator)
    // The place may be within a separator.
    if separator == start {
      while separator > lowest, start - separator < 3,
        classes[Int(bytes[separator - 1])] & CharacterTable.token == 0
      { separator -= 1 }
    }
    if separator < limit, let rhythm = self.rhythm(bytes, at: separator, to: end, CharacterTable.token, lowest) {
      return (separator, rhythm)
    }
    guard doubtful < limit, let rhythm = self.rhythm(bytes, at: doubtful, to: end, CharacterTable.alphanumeric, lowest)
    else {
      return nil
    }
    return (doubtful, rhythm)
  }

  /// - Parameter members: the class of the characters between separators.
  private func rhythm(_ bytes: UnsafePointer<UInt8>, at found: Int, to end: Int, _ members: UInt8, _ lowest: Int)
    -> Rhythm?
  {
    var group = found + 1
    while group < end, group - found < 4, classes[Int(bytes[group])] & members == 0 { group += 1 }
    guard group - found < 4 else { return nil }
    let limit = min(end, group + DecodingLimits.maximumGroup + 1)
    var last = group
    while last < limit, classes[Int(bytes[last])] & members != 0 { last += 1 }
    guard last < limit, last - group > 1, bytes[last] == bytes[found] else { return nil }
    if last - group > 3, bytes[group] == UInt8(ascii: "0"), bytes[group + 1] == UInt8(ascii: "x") { group += 2 }
    let length = last - group
    // Lines that are long enough are tokens to the other decoder.
    if length >= DecodingLimits.minimumTokenCharacters, bytes[last] == 0x0a || bytes[last] == 0x0d { return nil }
    let period = last - found
    // Three short words of one length in a row are nothing rare.
    let isShort = length < 8
    let times = isShort ? 4 : 2
    func comes(_ time: Int) -> Bool {
      let again = found + time * period
      guard again >= lowest, again + group - found <= end else { return false }
      return (0..<group - found).allSatisfy { bytes[again + $0] == bytes[found + $0] }
    }
    guard comes(1) else { return nil }
    var count = 1
    while count < times, comes(count + 1) { count += 1 }
    var before = 1
    while !isShort, count < times, comes(-before) { (count, before) = (count + 1, before + 1) }
    guard count >= times else { return nil }
    return Rhythm(group: length, separator: Array(UnsafeBufferPointer(start: bytes + found, count: group - found)))
  }

  /// Goes back to the first group of the run that the separator at `found` is in.
  private mutating func begin(_ view: DecodedView, _ bytes: UnsafePointer<UInt8>, at found: Int, _ rhythm: Rhythm) {
    let lowest = max(floor, view.window.base)
    var separator = found
    var first = found
    while true {
      first = separator
      while first > lowest, separator - first < rhythm.group, Self.isMember(bytes[first - 1], rhythm) { first -= 1 }
      let before = first - rhythm.separator.count
      guard separator - first == rhythm.group, before >= lowest,
        rhythm.separator.indices.allSatisfy({ bytes[before + $0] == rhythm.separator[$0] })
      else { break }
      separator = before
    }
    let reader = self.reader ?? TokenReader()
    self.reader = reader
    reader.begin(at: first)
    start = first
    next = first
    position = rhythm.group - (separator - first)
    self.rhythm = rhythm
  }

  private static func isMember(_ byte: UInt8, _ rhythm: Rhythm) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.token != 0 && byte != rhythm.separator[0]
  }

  // MARK: Run

  private mutating func read(_ view: DecodedView, to end: Int) {
    guard let rhythm, let reader else { return }
    let bytes = view.window.bytes - view.window.base
    while next < end {
      if position < rhythm.group {
        let limit = min(end, next + rhythm.group - position)
        var stop = next
        while stop < limit, Self.isMember(bytes[stop], rhythm) { stop += 1 }
        reader.append(bytes + next, stop - next, of: view)
        position += stop - next
        next = stop
        if position < rhythm.group, next < end { return endRun(view) }
      } else {
        guard bytes[next] == rhythm.separator[position - rhythm.group] else { return endRun(view) }
        position += 1
        next += 1
        guard position == rhythm.period else { continue }
        position = 0
        reader.beginLine(at: next)
      }
    }
  }

  private mutating func endRun(_ view: DecodedView) {
    reader?.end(of: view)
    rhythm = nil
    floor = next
  }
}
