internal import NIOCore
internal import Wire

extension LocalAnswer {
  /// The whole answer as HTTP/1.1 bytes.
  func serialized(answering method: String, closing: Bool) -> ByteBuffer {
    var all = fields + [HTTPField(name: "content-length", value: String(body.count))]
    if closing { all.append(HTTPField(name: "connection", value: "close")) }
    // Our own fields hold nothing that cannot be written; were it so, the client would see the connection end.
    var bytes = (try? ResponseHead(status: status, fields: all).serialized()) ?? ByteBuffer()
    if method != "HEAD" { bytes.writeBytes(body) }
    return bytes
  }
}
