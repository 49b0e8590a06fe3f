internal import Compression
internal import Inspection
package import NIOCore
package import Wire

/// Puts values back into one answer on its way to the client.
///
/// An answer in whose form nothing can be put back (pictures, gRPC, what is compressed in a way that we do not know) goes
/// on as it came.
package final class AnswerRestorer {
  /// The answer's head as the client gets it.
  package let head: ResponseHead
  private var decompressor: Decompressor?
  private let form: Form
  /// Of all forms but text; not within ``form``, where each event would copy it.
  private var events: AnswerRestoring
  private var text: TextRestoring
  private var messages: EventStreamRestoring
  /// Of an event stream, the event that has not ended; of a document, all of it so far.
  private var unfinished = ByteBuffer()
  private var scanner = ServerSentEventScanner()
  /// Something came that is longer than any event or document: the rest goes on as it comes.
  private var isBeyondLimit = false
  private var compressedBytes = 0
  private var expandedBytes = 0

  fileprivate enum Form {
    case events
    /// A JSON text in each line.
    case lines
    case document
    case text
    /// Amazon's event stream.
    case messages
  }

  /// - Returns: `nil` where the answer goes on as it is.
  init?(_ head: ResponseHead, _ placeholders: PlaceholderSet) {
    guard !placeholders.isEmpty, head.status >= 200, head.status != 204, head.status != 206, head.status != 304,
      let form = Form(contentType: head.fields.first(named: "content-type") ?? ""),
      let coding = ContentCoding(token: head.fields.first(named: "content-encoding")?.lowercased() ?? "identity")
    else { return nil }
    do throws(CompressionError) {
      decompressor = .some(try Decompressor(coding))
    } catch {
      return nil
    }
    self.form = form
    events = AnswerRestoring(placeholders)
    text = TextRestoring(placeholders)
    messages = EventStreamRestoring(placeholders)
    self.head = head.withoutLength
  }

  /// Placeholders that were replaced so far.
  package var restored: Int { events.restored + text.restored + messages.restored }

  /// - Returns: what may go on now; `nil` where the answer is not compressed as it says.
  package func take(_ bytes: ByteBuffer) -> ByteBuffer? {
    var plain = ByteBuffer()
    do throws(CompressionError) {
      try decompress(bytes, into: &plain)
    } catch {
      return nil
    }
    return restore(plain)
  }

  /// The answer has ended.
  ///
  /// - Returns: its rest; `nil` where it was cut off within its compression.
  package func finish() -> ByteBuffer? {
    guard let decompressor = decompressor.take(), (try? decompressor.finish()) != nil else { return nil }
    var out = ByteBuffer()
    if !isBeyondLimit, unfinished.readableBytes > 0 {
      let rest = unfinished
      unfinished = ByteBuffer()
      out.writeBytes(end(rest))
    }
    out.writeBytes(giveUp())
    messages.finish(into: &out)
    return out
  }

  /// What waited for more.
  private func giveUp() -> [UInt8] { events.finish().joined() + text.finish() }

  private func decompress(_ bytes: ByteBuffer, into plain: inout ByteBuffer) throws(CompressionError) {
    compressedBytes += bytes.readableBytes
    let room = EnforcementLimits.expandedBytes + compressedBytes * EnforcementLimits.expansion - expandedBytes
    defer { expandedBytes += plain.readableBytes }
    let result = bytes.withUnsafeReadableBytes { readable in
      Result { () throws(CompressionError) in
        try decompressor?.decompress(readable, maximumOutput: max(0, room)) {
          plain.writeBytes($0)
        }
      }
    }
    try result.get()
  }

  private func restore(_ plain: ByteBuffer) -> ByteBuffer {
    guard !isBeyondLimit else { return plain }
    if form == .messages { return restoreMessages(plain) }
    if form == .text { return ByteBuffer(bytes: text.take(Array(plain.readableBytesView))) }
    var out = ByteBuffer()
    var plain = plain
    for length in ends(in: plain) {
      guard let part = plain.readSlice(length: length) else { break }
      unfinished.writeImmutableBuffer(part)
      let whole = unfinished
      unfinished = ByteBuffer()
      out.writeBytes(end(whole))
    }
    unfinished.writeImmutableBuffer(plain)
    if unfinished.readableBytes > EnforcementLimits.restoredBytes {
      isBeyondLimit = true
      out.writeBytes(giveUp())
      out.writeImmutableBuffer(unfinished)
      unfinished = ByteBuffer()
    }
    return out
  }

  private func restoreMessages(_ plain: ByteBuffer) -> ByteBuffer {
    var out = ByteBuffer()
    do throws(EventStreamError) {
      try messages.take(plain, into: &out)
    } catch {
      isBeyondLimit = true
      messages.finish(into: &out)
    }
    return out
  }

  /// The lengths of the events or lines that end in a piece, each counted from the end of the one before.
  private func ends(in piece: ByteBuffer) -> [Int] {
    let ends: [Int]
    switch form {
    case .events: ends = scanner.scan(piece)
    case .lines:
      ends = piece.readableBytesView.enumerated().compactMap { $0.element == UInt8(ascii: "\n") ? $0.offset + 1 : nil }
    case .document, .text, .messages: ends = []
    }
    return zip(ends, [0] + ends).map { $0 - $1 }
  }

  /// An event, a line or a document that is whole.
  private func end(_ whole: ByteBuffer) -> [UInt8] {
    let bytes = Array(whole.readableBytesView)
    let json = form == .events ? EventData.range(in: bytes) : 0..<bytes.count
    return Array(events.take(bytes, json: json).joined())
  }
}

extension AnswerRestorer.Form {
  fileprivate init?(contentType: String) {
    let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    switch type {
    case "text/event-stream": self = .events
    case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines": self = .lines
    case "application/json", "text/json": self = .document
    case _ where type.hasSuffix("+json"): self = .document
    case "application/vnd.amazon.eventstream": self = .messages
    case _ where type.hasPrefix("text/"): self = .text
    default: return nil
    }
  }
}

extension ResponseHead {
  /// What is said of the length and of the bytes themselves is no longer true.
  fileprivate var withoutLength: ResponseHead {
    var head = self
    for name in ["content-length", "content-encoding", "content-md5", "digest", "content-digest", "repr-digest"] {
      head.fields.remove(named: name)
    }
    head.raw = nil
    return head
  }
}
