/// What a model says in one message of Bedrock's event stream: the message's own JSON (`ConverseStream`), or an event of the
/// model's in base64 in its member `bytes` (`InvokeModelWithResponseStream`).
package struct EventStreamPayload {
  private let bytes: [UInt8]
  /// Where the base64 is.
  private let wrapped: Range<Int>?
  /// JSON, or whatever else it is.
  package let text: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let found = bytes.withUnsafeBufferPointer { Self.wrapped(in: $0) }
    (wrapped, text) = found.map { ($0.range, $0.text) } ?? (nil, bytes)
  }

  /// The same payload around another text.
  package func saying(_ other: [UInt8]) -> [UInt8] {
    guard let wrapped else { return other }
    return bytes[..<wrapped.lowerBound] + Self.encoded(other) + bytes[wrapped.upperBound...]
  }

  /// With padding, which the alphabet's other users leave out.
  private static func encoded(_ text: [UInt8]) -> [UInt8] {
    let encoded = Base64.encode(text, urlSafe: false)
    return encoded + [UInt8](repeating: UInt8(ascii: "="), count: (4 - encoded.count % 4) % 4)
  }

  private static func wrapped(in json: UnsafeBufferPointer<UInt8>) -> (range: Range<Int>, text: [UInt8])? {
    guard let leaves = JSONLeaves(json),
      let leaf = leaves.leaves.first(where: { $0.isString && leaves.path(of: $0) == "bytes" }),
      let encoded = JSONText.unescaped(UnsafeBufferPointer(rebasing: json[leaf.range])),
      let text = Base64.decode(encoded)
    else { return nil }
    return (leaf.range, text)
  }
}
