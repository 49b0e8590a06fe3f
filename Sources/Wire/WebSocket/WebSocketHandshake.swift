internal import Crypto

/// The opening handshake, as a reader between client and server checks it (RFC 6455 §4).
package enum WebSocketHandshake {
  /// - Throws: where the request is no handshake of version 13.
  package static func check(request: RequestHead) throws(WebSocketError) {
    guard request.method == "GET", request.version == .http1_1, request.upgradeProtocols == ["websocket"] else {
      throw WebSocketError(.request)
    }
    guard request.fields.all(named: "sec-websocket-version") == ["13"] else { throw WebSocketError(.version) }
    let keys = request.fields.all(named: "sec-websocket-key")
    guard keys.count == 1, isKey(keys[0]) else { throw WebSocketError(.key) }
  }

  /// - Parameter request: as the server was sent it.
  /// - Returns: what was agreed on for compression; `nil` for none.
  /// - Throws: where the answer does not fit the request, so that the two sides could read the bytes that follow
  ///   differently.
  package static func check(
    response: ResponseHead, to request: RequestHead
  ) throws(WebSocketError) -> PerMessageDeflate? {
    let protocols = response.fields.all(named: "upgrade").flatMap(\.listElements)
    guard response.status == 101, protocols.count == 1, protocols[0].equalsIgnoringASCIICase("websocket"),
      response.fields.hasToken("upgrade", inFieldsNamed: "connection")
    else { throw WebSocketError(.response) }
    guard let key = request.fields.first(named: "sec-websocket-key"),
      response.fields.all(named: "sec-websocket-accept") == [accept(for: key)]
    else { throw WebSocketError(.accept) }
    let chosen = response.fields.all(named: "sec-websocket-protocol")
    let offered = request.fields.all(named: "sec-websocket-protocol").flatMap(\.listElements)
    guard chosen.count <= 1, chosen.allSatisfy({ offered.contains($0[...]) }) else {
      throw WebSocketError(.subprotocol)
    }
    return try PerMessageDeflate.agreed(request: request.fields, response: response.fields)
  }

  /// The `Sec-WebSocket-Accept` that answers a key (RFC 6455 §4.2.2). SHA-1 is what the standard asks for; nothing
  /// secret hangs on it.
  package static func accept(for key: String) -> String {
    let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    var hash = Insecure.SHA1()
    text.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return base64(Array(hash.finalize()))
  }

  /// 16 bytes make 22 digits and two signs of padding.
  private static func isKey(_ text: String) -> Bool {
    let bytes = text.utf8
    return bytes.count == 24 && text.hasSuffix("==")
      && bytes.prefix(22).allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
  }

  /// RFC 4648 §4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        out.append(place <= group.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 0x3f)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
