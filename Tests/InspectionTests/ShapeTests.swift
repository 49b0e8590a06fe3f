internal import Evidence
internal import Testing

@testable internal import Inspection

/// Whatever a pattern without certain letters matches, its shapes lead to.
@Suite struct ShapeTests {
  @Test("every match of the catalogue's patterns is led to, in whatever pieces a text comes", arguments: 0..<24)
  func completeness(_ seed: UInt64) throws {
    let detectors = try Detectors.set()
    let searches = try PatternCompilation(detectors.rules).searches
    let shaped = searches.indices.filter { !searches[$0].shapes.isEmpty }
    #expect(shaped.count > 50)
    var source = Seeded(seed &* 7919 &+ 1)
    for _ in 0..<20 {
      let text = try Self.text(of: detectors, shaped, &source)
      let hits = Self.hits(detectors.shapes, text, piece: .max)
      for piece in [1, 7, 63, 64, 65, 200] {
        let told = Self.hits(detectors.shapes, text, piece: piece)
        #expect(told == hits, "pieces of \(piece) of \(String(decoding: text, as: UTF8.self))")
      }
      for index in shaped { Self.expectLeads(hits, toMatchesOf: index, detectors, text) }
    }
  }

  @Test(
    "of places at which a match may begin the first is tried first, whatever its shape",
    arguments: [
      (#"(?<![0-9A-Za-z])(?:[A-Z]{2} ?)?[0-9]{9}(?![0-9])"#, "DE 123456789"),
      (
        #"(?<![0-9A-Za-z])(?:[A-Z]{2}[0-9]{2}-[0-9]{6}-[0-9]{6}|[0-9]{6})(?:-[0-9]{2})?(?![0-9])"#,
        "AB12-123456-654321"
      ),
    ])
  func order(_ pattern: String, _ text: String) throws {
    let rule = DetectorRule(id: "number", name: "A number", grade: .block, patterns: [pattern])
    let detectors = try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    #expect(try PatternCompilation([rule]).searches.allSatisfy { $0.shapes.count > 1 })
    let body = Array("x \(text) y".utf8)
    for piece in [1, 7, 200] {
      let cuts = Array(stride(from: piece, to: body.count, by: piece))
      let findings = try inspect(body, cuts: cuts, detectors: detectors).findings
      #expect(findings.map { $0.span.start..<$0.span.end } == [2..<2 + text.utf8.count])
    }
  }

  @Test("columns of numbers use up no budget", arguments: ["12345", "123456", "12345,", "1234 AB", "A1"])
  func columns(_ cell: String) throws {
    let columns = Array(String(repeating: cell + " ", count: 400_000 / (cell.utf8.count + 1)).utf8)
    let rule = try #require(try Detectors.rules.get().first { $0.id == "anthropic-api-key" })
    let inspected = try inspect(columns + Array("\n\(rule.examples[0])\n".utf8))
    #expect(!inspected.findings.contains { $0.dataClass == .opaque })
    #expect(inspected.findings.contains { $0.detector == "anthropic-api-key" })
  }

  @Test("groups within groups are given up where their spellings are many")
  func nestedGroups() throws {
    let text = (0..<12).reduce("[0-9]") { inner, _ in "(?:\(inner)){1,2}" }
    let shapes = PatternShape.all(of: try PatternParser.parse("(?<![0-9])" + text + "[0-9]{9}"))
    #expect(shapes.isEmpty)
  }

  @Test("what a pattern begins with leads to a match that ends far behind it")
  func farEnd() throws {
    let rule = DetectorRule(
      id: "far", name: "A secret far behind a word", grade: .block, patterns: [#"secret[^\n]*x=([0-9]{8})"#])
    let detectors = try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    let between = String(repeating: "-", count: 9_000)
    #expect(
      try inspect(Array("secret\(between)x=12345678 ".utf8), detectors: detectors).findings.map(\.detector) == ["far"])
  }

  private static func expectLeads(
    _ hits: [Place], toMatchesOf index: Int, _ detectors: DetectorSet, _ text: [UInt8]
  ) {
    let pattern = detectors.patterns[index]
    var matcher = PatternMatcher()
    text.withUnsafeBufferPointer { bytes in
      for start in bytes.indices where pattern.first.contains(bytes[start]) {
        guard let match = matcher.match(pattern.program, bytes, at: start, isLast: true) else { continue }
        let isLedTo = hits.contains { hit in
          guard case .anchor(index, let end) = detectors.leads[hit.lead], hit.end <= match.range.upperBound else {
            return false
          }
          return end.contains(hit.end - start)
        }
        let found = String(decoding: bytes[match.range], as: UTF8.self)
        #expect(isLedTo, "\(pattern.owners[0].rule.id): \(found) in \(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  private struct Place: Hashable, Comparable {
    let end: Int
    let lead: Int

    static func < (one: Self, other: Self) -> Bool { (one.end, one.lead) < (other.end, other.lead) }
  }

  /// - Parameter piece: bytes that come at a time; of those before, as many are kept as a view keeps.
  private static func hits(_ table: ShapeTable, _ text: [UInt8], piece: Int) -> [Place] {
    var scan = ShapeScan()
    var hits: [PatternStream.Hit] = []
    text.withUnsafeBufferPointer { whole in
      var end = 0
      repeat {
        end = piece < whole.count - end ? end + piece : whole.count
        let base = max(0, scan.position - table.layout.longest)
        let part = UnsafeBufferPointer(rebasing: whole[base..<end])
        scan.read(part, from: base, isLast: end == whole.count, table, into: &hits)
        if end < whole.count { #expect(hits.allSatisfy { $0.end <= end }) }
      } while end < whole.count
    }
    return hits.map { Place(end: $0.end, lead: $0.lead) }.sorted()
  }

  // MARK: Texts

  private static let glue = ["", " ", "\n", "a", "Z", "7", "_", "-", ".", "/", ":", "+", "é", "\u{1e}", ", ", "=\""]

  /// What patterns match, side by side.
  private static func text(
    of detectors: DetectorSet, _ patterns: [Int], _ source: inout Seeded
  ) throws -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<source.below(12) + 1 {
      let owner = try #require(patterns.randomElement(using: &source).flatMap { detectors.patterns[$0].owners.first })
      let pattern = try #require(owner.rule.patterns.randomElement(using: &source))
      text += try sample(of: PatternParser.parse(pattern), &source)
      text += Array((glue.randomElement(using: &source) ?? "").utf8)
    }
    return text
  }

  private static func sample(of node: PatternNode, _ source: inout Seeded) -> [UInt8] {
    switch node {
    case .set(let set): [(UInt8.min...UInt8.max).filter { set.contains($0) }.randomElement(using: &source) ?? 0]
    case .sequence(let nodes): nodes.flatMap { sample(of: $0, &source) }
    case .alternation(let nodes): nodes.randomElement(using: &source).map { sample(of: $0, &source) } ?? []
    case .capture(let node): sample(of: node, &source)
    case .wordBoundary, .notPreceded, .notFollowed: []
    case .repeated(let node, let minimum, let maximum):
      (0..<minimum + source.below(min(maximum - minimum, 8) + 1)).flatMap { _ in sample(of: node, &source) }
    }
  }
}
