internal import Inspection
internal import NIOCore
internal import Wire

/// Puts values back into the messages of Amazon's event stream, in which Bedrock answers.
struct EventStreamRestoring {
  private var reader = EventStreamReader(maximumBytes: EnforcementLimits.restoredBytes)
  private var restoring: AnswerRestoring
  /// Messages whose texts may still change, in their order.
  private var waiting: CircularBuffer<(message: EventStreamMessage, payload: EventStreamPayload)> = []

  init(_ placeholders: PlaceholderSet) { restoring = AnswerRestoring(placeholders) }

  /// Placeholders that were replaced so far.
  var restored: Int { restoring.restored }

  /// - Parameter out: gets what may go on now.
  /// - Throws: ``EventStreamError`` where the rest is no event stream; it is in ``rest`` then.
  mutating func take(_ piece: ByteBuffer, into out: inout ByteBuffer) throws(EventStreamError) {
    reader.append(piece)
    while let message = try reader.next() {
      let payload = EventStreamPayload(message.payload)
      waiting.append((message, payload))
      release(restoring.take(payload.text, json: 0..<payload.text.count), into: &out)
    }
  }

  /// Nothing more comes, or nothing that could be read: what waits goes on, and behind it what was not read.
  mutating func finish(into out: inout ByteBuffer) {
    release(restoring.finish(), into: &out)
    out.writeImmutableBuffer(reader.rest)
    reader = EventStreamReader(maximumBytes: 0)
  }

  private mutating func release(_ texts: [[UInt8]], into out: inout ByteBuffer) {
    for text in texts {
      guard var next = waiting.popFirst() else { return }
      if text != next.payload.text { next.message.payload = next.payload.saying(text) }
      out.writeBytes(next.message.encoded)
    }
  }
}
