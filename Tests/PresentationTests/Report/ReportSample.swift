import Evidence
import Glibc
import Testing

@testable import Presentation

/// Reports of runs that nobody ran.
enum ReportSample {
  /// An afternoon's work, with something in every member; made by Tests/EndToEnd/report_samples.py.
  static func rich() throws -> JSONValue {
    let path =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
      + "/Reports/rich.json"
    let file = try #require(fopen(path, "r"), "\(path) cannot be read")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
    return try JSONParser.parse(bytes)
  }

  /// - Parameters:
  ///   - place: names of members and numbers of elements.
  ///   - value: what stands there then; `nil` takes it away.
  static func replacing(_ json: JSONValue, _ place: ArraySlice<String>, with value: JSONValue?) -> JSONValue {
    guard let first = place.first else { return value ?? .null }
    switch json {
    case .object(var members):
      let member = members[first].map { replacing($0, place.dropFirst(), with: value) }
      members[first] = place.count == 1 && value == nil ? nil : member ?? value
      return .object(members)
    case .array(var elements):
      guard let index = Int(first), elements.indices.contains(index) else { return json }
      elements[index] = replacing(elements[index], place.dropFirst(), with: value)
      return .array(elements)
    default: return json
    }
  }

  /// The way to any value, shallow ones more often.
  static func anyPlace(in json: JSONValue, using random: inout SplitMix) -> [String] {
    let names: [String] =
      switch json {
      case .object(let members): members.keys.sorted()
      case .array(let elements): elements.indices.map { String($0) }
      default: []
      }
    guard let name = names.randomElement(using: &random) else { return [] }
    let next = json[name] ?? Int(name).flatMap { json.array?[$0] } ?? .null
    return [name] + (Int.random(in: 0..<5, using: &random) == 0 ? [] : anyPlace(in: next, using: &random))
  }

  /// The exchanges of the rich one over and over, with what a page, an eye or a screen reader could trip over.
  static func hostile(exchanges count: Int) throws -> JSONValue {
    var members = try #require(try rich().object)
    let texts = [
      "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<!--", "</style>", "\u{202E}gnp.exe",
      "a\u{0}b\u{1B}[2J", "line\nbreak", "日本語", String(repeating: "W", count: 300),
      String(repeating: "no/space/", count: 300), "e" + String(repeating: "\u{301}", count: 40), "\u{E000}",
    ]
    let templates = members["exchanges"]?.array ?? []
    members["exchanges"] = .array(
      (0..<count).map { number in
        let text = JSONValue.string(texts[number % texts.count])
        var exchange = templates[number % templates.count].object ?? [:]
        exchange["sequence"] = .integer(number + 1)
        for name in ["path", "method", "program", "remedy"] { exchange[name] = text }
        if number % 3 == 0 { exchange["host"] = .string("host-\(number % 67).example") }
        if number % 11 == 0 { exchange["host"] = text }
        exchange["rule"] = ["name": text, "file": text, "line": 3]
        exchange["reasons"] = [["subject": text, "statement": text]]
        return .object(exchange)
      })
    members["workspace"] = .string("/" + texts[9])
    members["command"] = .array(texts.map { .string($0) })
    members["agent"] = ["id": .string(texts[0]), "version": .string(texts[4]), "versionSource": "user-agent"]
    members["policy"] = ["file": .string(texts[3]), "posture": .string(texts[1])]
    members["programs"] = .array(
      (0..<1000).map { ["path": .string(texts[$0 % texts.count]), "count": 9_007_199_254_740_991] })
    return .object(members)
  }
}
