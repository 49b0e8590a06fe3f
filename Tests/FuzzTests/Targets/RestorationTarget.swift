internal import Evidence
internal import Inspection

/// Answers with placeholders in them, as events (one a line), as one document and as text; the first byte says which.
enum RestorationTarget {
  private static let values = ["short": "x1y2z3", "quoted": "a \"b\"\\\n{\"c\":1}"]
  private static let names = ["short": "REDACTED_short_abcdefghij", "quoted": "REDACTED_quoted_klmnpqrstu"]
  private static let placeholders = PlaceholderSet(
    names.map { kind, name in (Array(name.utf8), Array(values[kind, default: ""].utf8)) })

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    switch choice % 3 {
    case 0: try checkEvents(bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) })
    case 1: try checkDocument(bytes)
    default: try checkText(bytes)
    }
  }

  private static func mentions(_ bytes: [UInt8]) -> Bool {
    names.values.contains { bytes.contains($0.utf8) } || bytes.contains(0x5c)
  }

  /// Without a placeholder in any piece or over several, nothing changes; none is lost, and JSON stays JSON.
  private static func checkEvents(_ events: [[UInt8]]) throws {
    var restoring = AnswerRestoring(placeholders)
    var out: [[UInt8]] = []
    for event in events { try checkPayload(event) }
    for event in events { out += restoring.take(event, json: 0..<event.count) }
    out += restoring.finish()
    try demand(out.count == events.count, "\(out.count) of \(events.count) events went on")
    for (before, after) in zip(events, out) {
      try demand(isJSON(before) == isJSON(after), "an event that was JSON is none any more, or the other way round")
    }
    if restoring.restored == 0 { try demand(out == events, "an event was changed, and nothing was put back") }
  }

  /// Nothing is lost between a payload of Bedrock's and what is said in it.
  private static func checkPayload(_ event: [UInt8]) throws {
    let payload = EventStreamPayload(event)
    try demand(
      EventStreamPayload(payload.saying(payload.text)).text == payload.text,
      "a payload that we wrote says something else")
    let wrapped = EventStreamPayload(Array("{\"bytes\":\"QQ==\",\"p\":\"a\"}".utf8)).saying(event)
    try demand(EventStreamPayload(wrapped).text == event, "what we wrote in base64 says something else")
  }

  private static func checkDocument(_ bytes: [UInt8]) throws {
    var restoring = AnswerRestoring(placeholders)
    let out = Array((restoring.take(bytes, json: 0..<bytes.count) + restoring.finish()).joined())
    try demand(isJSON(bytes) == isJSON(out), "a document that was JSON is none any more, or the other way round")
    if !mentions(bytes) { try demand(out == bytes, "a document without placeholders was changed") }
  }

  private static func checkText(_ bytes: [UInt8]) throws {
    func restored(_ pieces: [[UInt8]]) -> [UInt8] {
      var restoring = TextRestoring(placeholders)
      return pieces.flatMap { restoring.take($0) } + restoring.finish()
    }
    let whole = restored([bytes])
    for pieces in Pieces.ways(of: bytes) { try demand(restored(pieces) == whole, "it depends on how the text is cut") }
    if !mentions(bytes) { try demand(whole == bytes, "a text without placeholders was changed") }
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool { (try? JSONParser.parse(bytes)) != nil }
}
