/// An answer over HTTP/1, as far as it tells who gave it.
struct HTTPAnswer {
  let status: Int
  let text: String

  /// - Returns: `nil` where this is none.
  init?(_ bytes: [UInt8]) {
    text = String(decoding: bytes, as: UTF8.self)
    let line = text.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
    let parts = line.split(separator: " ")
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/1"), let status = Int(parts[1]) else { return nil }
    self.status = status
  }

  /// What only the scripted destination and the service outside say, in a field and in the body: over HTTP/2 fields are
  /// compressed.
  package static let markOfDestination = "x-sallyport-verify"

  var isFromDestination: Bool { text.lowercased().contains(Self.markOfDestination) }
  var isFromSallyport: Bool { !isFromDestination && text.lowercased().contains("sallyport") }

  /// - Parameter isAllowed: whether the destination may answer.
  func found(isAllowed: Bool = false) -> Found {
    if isFromDestination {
      return isAllowed ? Found(.destination, "\(status)") : Found(.succeeded, "\(status), from the destination")
    }
    return isFromSallyport ? Found(.sallyport, "\(status)") : Found(.succeeded, "\(status), from somebody else")
  }

  /// The same where the destination's name leads to the scripted one: another's answer is given in its place.
  func foundInPlace(isAllowed: Bool) -> Found {
    isFromDestination ? found(isAllowed: isAllowed) : Found(.sallyport, "\(status)")
  }

  static func isWhole(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return false }
    let head = text[..<end.lowerBound].lowercased()
    guard let field = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length:") }),
      let length = Int(field.dropFirst(15).filter { $0.isNumber })
    else { return false }
    return text[end.upperBound...].utf8.count >= length
  }
}

extension String {
  /// Where `text` is first; the standard library has none for texts.
  func range(of text: String) -> Range<String.Index>? {
    let (own, wanted) = (Array(utf8), Array(text.utf8))
    guard !wanted.isEmpty, own.count >= wanted.count else { return nil }
    for start in 0...(own.count - wanted.count) where own[start..<start + wanted.count].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: start)..<utf8.index(startIndex, offsetBy: start + wanted.count)
    }
    return nil
  }
}
