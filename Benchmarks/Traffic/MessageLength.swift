internal import NIOCore

/// Finds where HTTP/1 messages end that have a Content-Length or come in chunks; no more, since both sides of a measurement
/// are ours.
struct MessageLength {
  private var head: [UInt8] = []
  private var remaining: Int?
  /// Of a message that comes in chunks.
  private var chunks: ChunkedLength?

  /// A message that ended, by its head.
  struct Message {
    let head: [UInt8]

    var firstLine: Substring {
      String(decoding: head.prefix { $0 != 13 }, as: UTF8.self)[...]
    }
  }

  /// Takes bytes until a message ends; `nil` where more must come.
  mutating func next(_ bytes: inout ByteBuffer) -> Message? {
    if remaining == nil {
      guard readHead(&bytes) else { return nil }
      remaining = Self.contentLength(head)
      if Self.isChunked(head) { chunks = ChunkedLength() }
    }
    if chunks != nil {
      guard chunks?.ends(in: &bytes) == true else { return nil }
      remaining = 0
    }
    let taken = min(remaining ?? 0, bytes.readableBytes)
    bytes.moveReaderIndex(forwardBy: taken)
    remaining = (remaining ?? 0) - taken
    guard remaining == 0 else { return nil }
    defer {
      head = []
      remaining = nil
      chunks = nil
    }
    return Message(head: head)
  }

  private mutating func readHead(_ bytes: inout ByteBuffer) -> Bool {
    let view = bytes.readableBytesView
    for index in view.indices {
      head.append(view[index])
      if view[index] == 10, head.suffix(4) == [13, 10, 13, 10] {
        bytes.moveReaderIndex(to: index + 1)
        return true
      }
    }
    bytes.moveReaderIndex(forwardBy: bytes.readableBytes)
    return false
  }

  private static func isChunked(_ head: [UInt8]) -> Bool {
    String(decoding: head, as: UTF8.self).lowercased().contains("\r\ntransfer-encoding: chunked\r\n")
  }

  private static func contentLength(_ head: [UInt8]) -> Int {
    for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        return Int(parts[1].drop { $0 == " " }) ?? 0
      }
    }
    return 0
  }
}
