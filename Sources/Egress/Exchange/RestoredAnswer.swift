internal import Enforcement
internal import NIOCore
internal import Wire

/// An answer on its way to the client, with what its destination was not sent put back.
struct RestoredAnswer {
  private let restorer: AnswerRestorer
  /// As the client gets it: its length is not known before it ends.
  let head: ResponseHead

  /// - Returns: `nil` where there is nothing to put back, or the answer has no body.
  init?(_ head: ResponseHead, to request: ClientRequest, by chamber: Chamber) {
    guard request.head.method != "HEAD",
      let restorer = chamber.restorer(of: head, from: request.captured.destination)
    else { return nil }
    self.restorer = restorer
    var head = restorer.head
    if request.head.version != .http2 {
      head.fields.remove(named: "transfer-encoding")
      head.fields.append(HTTPField(name: "transfer-encoding", value: "chunked"))
    }
    self.head = head
  }

  /// Placeholders that were replaced so far.
  var count: Int { restorer.restored }

  /// - Returns: false where the answer cannot go on.
  func take(_ body: ByteBuffer, for client: any ClientSide) -> Bool {
    guard let restored = restorer.take(body) else { return false }
    if restored.readableBytes > 0 { client.send(body: restored, wire: ChunkedEncoding.chunk(restored)) }
    return true
  }

  /// - Returns: false where the answer was cut off.
  func end(_ trailers: [HTTPField], for client: any ClientSide) -> Bool {
    guard let rest = restorer.finish(), let end = try? ChunkedEncoding.end(trailers: trailers) else { return false }
    if rest.readableBytes > 0 { client.send(body: rest, wire: ChunkedEncoding.chunk(rest)) }
    client.end(trailers: trailers, wire: end)
    return true
  }
}
