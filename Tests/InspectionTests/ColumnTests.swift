internal import Evidence
internal import Inspection
internal import Testing

/// The head of a table stands near its first row alone, and means all of them.
@Suite("Columns under a head")
struct ColumnTests {
  private static let rows = 60
  private static let padding = "Elm Street 12, 04109 Leipzig".replacing(",", with: "")

  /// Numbers that pass their checks, of which only words say what they are.
  private static func cards(_ source: inout Seeded) -> [String] {
    (0..<rows).map { _ in
      let body = "46288975\(Int.random(in: 1_000_000...9_999_999, using: &source))"
      let sum = body.utf8.reversed().enumerated().reduce(0) { sum, digit in
        let doubled = Int(digit.element - 0x30) * (digit.offset % 2 == 0 ? 2 : 1)
        return sum + doubled / 10 + doubled % 10
      }
      return body + "\((10 - sum % 10) % 10)"
    }
  }

  private static func securityNumbers(_ source: inout Seeded) -> [String] {
    (0..<rows).map { _ in
      "\(Int.random(in: 101...665, using: &source))-\(Int.random(in: 11...98, using: &source))-\(Int.random(in: 1001...9998, using: &source))"
    }
  }

  /// Polish tax numbers, which are looked for only around their words.
  private static func taxNumbers(_ source: inout Seeded) -> [String] {
    let weights = [6, 5, 7, 2, 3, 4, 5, 6, 7]
    return (0..<rows).map { _ in
      while true {
        let digits = [5] + (0..<8).map { _ in Int.random(in: 1...9, using: &source) }
        let check = zip(weights, digits).reduce(0) { $0 + $1.0 * $1.1 } % 11
        if check < 10 { return (digits + [check]).map(String.init).joined() }
      }
    }
  }

  private struct Table {
    let text: String
    let cells: [(detector: String, spans: [Range<Int>])]
  }

  private static func table(_ separator: String, _ quote: String = "") -> Table {
    var source = Seeded(3)
    let columns = [
      ("us-ssn", securityNumbers(&source)), ("pl-nip", taxNumbers(&source)), ("payment-card-bare", cards(&source)),
    ]
    var text = ["id", "street", "ssn", "nip", "credit_card"].joined(separator: separator) + "\n"
    var cells = columns.map { (detector: $0.0, spans: [Range<Int>]()) }
    for row in 0..<rows {
      text += "\(row)" + separator + quote + padding + quote
      for column in columns.indices {
        text += separator + quote
        let start = text.utf8.count
        text += columns[column].1[row]
        cells[column].spans.append(start..<text.utf8.count)
        text += quote
      }
      text += "\n"
    }
    return Table(text: text, cells: cells)
  }

  private func strong(_ text: String, cuts: [Int] = []) throws -> [Finding] {
    try inspect(Array(text.utf8), cuts: cuts).findings.filter { $0.grade != .note && $0.table == nil }
  }

  @Test(
    "every row of a column is what its head says",
    arguments: [(",", ""), (";", "\""), ("\t", ""), (" | ", ""), ("\",\"", "")])
  func heads(_ separator: String, _ quote: String) throws {
    let table = Self.table(separator, quote)
    let found = try strong(table.text)
    for (detector, spans) in table.cells {
      let missing = spans.filter { span in
        !found.contains {
          $0.detector == detector && $0.span.start == span.lowerBound && $0.span.end == span.upperBound
        }
      }
      #expect(
        missing.isEmpty, "\(detector): \(missing.count) of \(spans.count), the first at \(missing.first ?? 0..<0)")
    }
  }

  @Test("other columns, prose behind the table and what stands far below are not what the head says")
  func others() throws {
    var source = Seeded(4)
    let numbers = Self.securityNumbers(&source)
    let head = "ssn,order\n\(numbers[0]),1\n\(numbers[1]),2\n"
    let behind = String(repeating: "Nothing of that kind. ", count: 12)
    for text in [
      head + behind + "The order \(numbers[2]) was sent.", head + behind + "\n3;\(numbers[2]);4\n" + behind,
      head + String(repeating: "x", count: 1200) + "\n\(numbers[2]),3\n",
    ] {
      let found = try strong(text).filter { $0.detector == "us-ssn" }
      #expect(found.count == 2, "\(text)")
    }
  }

  @Test("a list of one column, to the end of the text, and a list in JSON")
  func lists() throws {
    var source = Seeded(5)
    let numbers = Self.taxNumbers(&source)
    let lines = "NIP\n" + numbers.joined(separator: "\n")
    #expect(try strong(lines).count { $0.detector == "pl-nip" } == Self.rows)
    let array = "{\"nip\": [\"\(numbers.joined(separator: "\", \""))\"]}"
    let found = Set(try strong(array).filter { $0.detector == "pl-nip" }.map(\.fingerprint))
    #expect(found.count == Set(numbers).count)
  }

  @Test("every split gives the same findings, whoever asks meanwhile")
  func splits() throws {
    let text = Self.table(",").text
    let bytes = Array(text.utf8)
    let whole = try inspect(bytes)
    var source = Seeded(6)
    for _ in 0..<20 {
      let cuts = (0..<Int.random(in: 1...40, using: &source)).map { _ in
        Int.random(in: 0...bytes.count, using: &source)
      }.sorted()
      #expect(try inspect(bytes, cuts: cuts) == whole, "\(cuts)")
      var inspector = MessageInspector(try Detectors.set(), place: .body)
      var start = 0
      for cut in cuts + [bytes.count] {
        bytes[start..<cut].withUnsafeBytes { inspector.inspect($0) }
        _ = inspector.findingsSoFar()
        start = cut
      }
      #expect(inspector.finish() == whole, "\(cuts)")
    }
  }
}
