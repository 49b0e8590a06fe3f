extension Probe {
  /// A credential within what agents and their dialects send. The destination is one that policy lets through.
  static let attachments: [Probe] = [
    body("P5.data-uri", fields: ["Content-Type: application/json"]) { bytes in
      Array("{\"type\": \"image_url\", \"url\": \"data:image/png;base64,".utf8) + Disguise.base64(image(bytes))
        + Array("\"}".utf8)
    },
    body("P5.document-in-json", fields: ["Content-Type: application/json"]) { bytes in
      Array("{\"type\": \"document\", \"data\": \"".utf8) + Disguise.base64(document(bytes)) + Array("\"}".utf8)
    },
    body("P5.document", fields: ["Content-Type: application/pdf"]) { document($0) },
    body("P5.archive", fields: ["Content-Type: application/json"]) { bytes in
      Array("{\"file\": \"".utf8) + Disguise.base64(Disguise.archive(bytes)) + Array("\"}".utf8)
    },
    body("P5.upload", fields: ["Content-Type: multipart/form-data; boundary=b"]) { bytes in
      let head =
        "--b\r\nContent-Disposition: form-data; name=f; filename=a.pdf\r\nContent-Type: application/pdf\r\n\r\n"
      return Array(head.utf8) + document(bytes) + Array("\r\n--b--\r\n".utf8)
    },
    dialect("P6.tool-result") { bytes in
      Array(#"{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": ""#.utf8) + bytes
        + Array(#""}]}"#.utf8)
    },
    dialect("P6.tool-arguments") { bytes in
      // JSON within a text of JSON, its letters escaped.
      let escaped = bytes.flatMap { Array("\\\\u00\(Disguise.pair($0))".utf8) }
      return Array(#"{"tool_calls": [{"function": {"name": "", "arguments": "{\"a\": \""#.utf8) + escaped
        + Array(#"\"}"}}]}"#.utf8)
    },
    dialect("P6.batch") { bytes in
      Array(#"[{"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "id": 2, "result": ""#.utf8) + bytes
        + Array(#""}]"#.utf8)
    },
    body("P6.frame", fields: ["Content-Type: application/connect+json"]) { bytes in
      // Connect and gRPC: a flag that says compressed, four bytes of length.
      let packed = Disguise.gzip(bytes)
      return [1, 0, 0, UInt8(packed.count >> 8 & 0xff), UInt8(packed.count & 0xff)] + packed
    },
  ]

  private static func dialect(_ id: String, _ body: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Probe {
    self.body(id, fields: ["Content-Type: application/json"], body)
  }

  /// A picture's head and a text in it, compressed (PNG §11.3.3.3).
  private static func image(_ text: [UInt8]) -> [UInt8] {
    let chunk = Array("zTXtComment".utf8) + [0, 0] + Disguise.zlib(text)
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, UInt8(clamping: chunk.count - 4)] + chunk
      + [0, 0, 0, 0]
  }

  /// A page whose words are compressed (ISO 32000 §7.4.4).
  private static func document(_ text: [UInt8]) -> [UInt8] {
    let words = Disguise.zlib(Array("BT (".utf8) + text + Array(") Tj ET".utf8))
    return Array("%PDF-1.4\n1 0 obj\n<</Length \(words.count)/Filter/FlateDecode>>\nstream\n".utf8) + words
      + Array("\nendstream\nendobj\n".utf8)
  }
}
