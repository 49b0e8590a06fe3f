internal import Glibc
internal import Synchronization

/// The lines of a store, for reading: addresses only, so that nothing is counted where a line costs nanoseconds. Not kept
/// longer than the store.
struct StoredLines {
  let key: LineHash
  let text: UnsafeMutablePointer<UInt8>
  /// Where each line's text begins, after its indentation.
  let starts: UnsafeMutablePointer<UInt32>
  /// Bytes of each line's text, ``longLength`` where there may be more.
  let lengths: UnsafeMutablePointer<UInt16>
  let hashes: UnsafeMutablePointer<Atomic<UInt32>>
  let links: UnsafeMutablePointer<Atomic<UInt32>>
  let gramLinks: UnsafeMutablePointer<Atomic<UInt32>>
  /// The first line of each document.
  let firstLines: UnsafeMutablePointer<UInt32>
  /// Where the text of each document begins.
  let texts: UnsafeMutablePointer<UInt32>

  @inline(__always)
  func hash(_ line: Int) -> UInt32 { hashes[line].load(ordering: .relaxed) }

  /// The place of the same line before this one; 0 where there is none.
  @inline(__always)
  func link(_ line: Int) -> Int { Int(links[line].load(ordering: .acquiring)) }

  @inline(__always)
  func gramLink(_ line: Int) -> Int { Int(gramLinks[line].load(ordering: .acquiring)) }

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
  @inline(__always)
  func textEnd(ofLine line: Int) -> Int { Int(starts[line]) &+ length(ofLine: line) }

  private static let longLength = UInt16.max

  /// Bytes of the line without the white space around it.
  @inline(__always)
  func length(ofLine line: Int) -> Int {
    let length = lengths[line]
    return length < Self.longLength ? Int(length) : lengthOfLongLine(line)
  }

  private func lengthOfLongLine(_ line: Int) -> Int {
    let start = Int(starts[line])
    var end = Int(starts[line + 1])
    // What is between two lines' texts is white space, and the line's own end is the first of its kind.
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    return end - start
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
    length(ofLine: line) == count && memcmp(text + Int(starts[line]), bytes, count) == 0
  }
}
