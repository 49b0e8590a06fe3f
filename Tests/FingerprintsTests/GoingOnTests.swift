internal import Decoding
internal import Evidence
internal import Testing

@testable internal import Fingerprints

@Suite("A look for own code that goes on, or is asked before the end")
struct GoingOnTests {
  private static func json(_ texts: [[UInt8]]) throws -> [UInt8] {
    try CanonicalJSON.encode(
      ["messages": .array(texts.map { ["content": .string(String(decoding: $0, as: UTF8.self))] })])
  }

  private static func scanned(_ body: [UInt8], _ scanner: OwnCodeScanner, pieces: Int) -> DecodingTree {
    let tree = DecodingTree(.none, limits: .standard, observer: scanner)
    for start in stride(from: 0, to: body.count, by: pieces) {
      body[start..<min(body.count, start + pieces)].withUnsafeBytes { tree.receive($0) }
    }
    return tree
  }

  @Test("whatever the pieces, the findings are the same", arguments: [1, 7, 100, 4096, 8191, 100_000])
  func pieces(_ pieces: Int) throws {
    let place = try Place()
    for number in 0..<6 { try place.write(RealSource.own[number].text, to: "\(number).swift") }
    let set = try place.indexed()
    let body = try Self.json((0..<12).map { RealSource.own[$0].text })
    let whole = set.findings(in: body)
    #expect(whole.contains { $0.grade == .redact })
    #expect(set.findings(in: body, pieces: pieces) == whole)
  }

  @Test("what is found so far is what has come, also where an encoding is still open")
  func soFar() throws {
    let place = try Place()
    try place.write(RealSource.own[3].text, to: "a.swift")
    let set = try place.indexed()
    let encoded = Array(RecallTests.Form.base64.text(Array(RealSource.own[3].lines.prefix(150))).utf8)
    let scanner = OwnCodeScanner(set)
    let tree = Self.scanned(encoded, scanner, pieces: 1000)
    for _ in 0..<2 {
      scanner.beginAgain()
      tree.flush()
      #expect(scanner.findingsSoFar(in: .body).contains { $0.grade == .redact })
    }
    tree.finish()
    scanner.beginAgain()
    #expect(scanner.findings(in: .body).contains { $0.grade == .redact })
    #expect(scanner.findingsSoFar(in: .body) == scanner.findings(in: .body))
  }

  @Test("what is found so far of text is told before its view has ended")
  func openRuns() throws {
    let place = try Place()
    try place.write(RealSource.own[3].text, to: "a.swift")
    let set = try place.indexed()
    let scanner = OwnCodeScanner(set)
    let tree = Self.scanned(RealSource.own[3].text, scanner, pieces: 512)
    #expect(scanner.findings(in: .body).isEmpty)
    scanner.beginAgain()
    tree.flush()
    #expect(scanner.findingsSoFar(in: .body).contains { $0.grade == .redact })
  }
}
