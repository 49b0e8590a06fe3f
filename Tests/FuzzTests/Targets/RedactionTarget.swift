internal import Catalog
internal import Decoding
internal import Evidence
internal import Inspection

/// What is taken out of texts, by the catalogue's detectors; the first byte says of what form the text is.
enum RedactionTarget {
  private static let plain = ContentDescription(contentType: "text/plain")
  private static let json = ContentDescription(contentType: "application/json")
  private static let form = ContentDescription(contentType: "application/x-www-form-urlencoded")

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    switch choice % 4 {
    case 0: try check(bytes, plain)
    case 1: try check(bytes, form)
    case 2: try check(bytes, json)
    default: try check(asString(bytes), json)
    }
  }

  /// The text in a string of JSON, so that every input is one.
  private static func asString(_ bytes: [UInt8]) throws -> [UInt8] {
    try CanonicalJSON.encode(["role": "user", "content": .string(String(decoding: bytes, as: UTF8.self))])
  }

  private static func check(_ text: [UInt8], _ content: ContentDescription) throws {
    let detectors = try InspectionTarget.detectors.get()
    let findings = text.withUnsafeBytes { detectors.inspect($0, content: content, place: .body) }.findings
    let single = findings.filter { $0.fingerprint != nil && $0.table == nil }
    try check(detectors.redact(text, content: content, at: single, pseudonyms: nil), of: text, content, single)
    let kinds = Set(findings.map(RedactedKind.init))
    try check(detectors.redact(text, content: content, kinds: kinds, pseudonyms: nil), of: text, content, single)
    let rested = try? detectors.redact(text, content: content) { _ in true }
    try check(rested, of: text, content, single)
    guard let rested else { return }
    let left = rested.text.withUnsafeBytes { detectors.inspect($0, content: content, place: .body) }.findings
    try demand(left.isEmpty, "\(left.map(\.detector)) is found in what was redacted")
  }

  /// Of what was found nothing is left, nothing else is changed, and JSON stays JSON.
  ///
  /// - Parameter redacted: `nil` where it was refused, which is always right.
  private static func check(
    _ redacted: Redacted?, of text: [UInt8], _ content: ContentDescription, _ findings: [Finding]
  ) throws {
    guard let redacted else { return }
    let kept = redacted.text.count - redacted.places.reduce(0) { $0 + $1.count }
    // Of values of several members the names stay.
    let whole = findings.map { $0.span.start..<$0.span.end }.filter { content != json || !hasName(text[$0]) }
    let found = union(whole)
    // A value that begins with what turns out to be the end of an escape begins behind it.
    let escapes = content == json ? findings.count * longestEscape : 0
    try demand(kept <= text.count - found + escapes, "\(found) bytes were found and \(text.count - kept) taken out")
    try demand(keepsOrder(redacted, text), "something was changed beside what was found")
    if content == json, (try? JSONParser.parse(text)) != nil {
      try demand((try? JSONParser.parse(redacted.bytes)) != nil, "a redacted JSON text is none any more")
    }
  }

  private static let longestEscape = 8

  private static func hasName(_ text: ArraySlice<UInt8>) -> Bool {
    text.indices.dropLast().contains { text[$0] == UInt8(ascii: "\"") && " :,".utf8.contains(text[$0 + 1]) }
  }

  private static func union(_ ranges: [Range<Int>]) -> Int {
    var (count, end) = (0, 0)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      count += max(0, range.upperBound - max(end, range.lowerBound))
      end = max(end, range.upperBound)
    }
    return count
  }

  /// Whether what is beside the places stands in the text, in the same order.
  private static func keepsOrder(_ redacted: Redacted, _ text: [UInt8]) -> Bool {
    var (position, start) = (0, 0)
    for end in redacted.places.map(\.lowerBound) + [redacted.text.count] {
      let piece = redacted.text[start..<end]
      guard let place = text[position...].firstRange(of: piece) else { return piece.isEmpty }
      position = place.upperBound
      start = redacted.places.first { $0.lowerBound == end }?.upperBound ?? end
    }
    return true
  }
}
