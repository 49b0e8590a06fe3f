/// The beginning and the end of a message's text, by which the next message may go on where this one stopped.
struct MessageEdge: Sendable {
  let head: [UInt8]
  let tail: [UInt8]

  /// Bytes at which two messages of a stream are told apart from what is in them.
  static let headBytes = 512
  static let tailBytes = 2048

  /// The text around the place where two messages meet, without what surrounds the text of each: the same first and last
  /// bytes, up to a quotation mark.
  ///
  /// - Returns: the text and where the second message begins in it; `nil` where nothing can go on.
  func joined(to text: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], seam: Int)? {
    let prefix = commonPrefix(with: text)
    let suffix = prefix > 0 ? commonSuffix(with: text) : 0
    let first = tail.dropLast(suffix)
    let second = text.dropFirst(prefix).prefix(Self.tailBytes)
    guard !first.isEmpty, !second.isEmpty else { return nil }
    return (Array(first) + Array(second), first.count)
  }

  private func commonPrefix(with text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    while count < min(head.count, text.count), head[count] == text[count] { count += 1 }
    while count > 0, head[count - 1] != UInt8(ascii: "\"") { count -= 1 }
    return count
  }

  private func commonSuffix(with text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    while count < min(tail.count, text.count), tail[tail.count - 1 - count] == text[text.count - 1 - count] {
      count += 1
    }
    while count > 0, tail[tail.count - count] != UInt8(ascii: "\"") { count -= 1 }
    return count
  }
}
