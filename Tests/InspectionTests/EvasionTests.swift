internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Whether an encoding hides anything: every class of data in every one of them, counted.
@Suite struct EvasionTests {
  private static let classes: [DataClass] = [.credential, .personal, .financial, .canary, .hiddenText, .injection]
  /// Detectors of each class, spread over the catalogue; there are other ones for each encoding.
  private static let sampled = 8
  private static let leastShare = 0.99
  private static let leastShareTurned = 0.95
  /// Nothing but ASCII is read in it, so that scripts beyond that hide in it.
  private static let ofASCII = ["UTF-16LE in base64"]
  private static let turned = ["reversed", "rot13", "reversed in base64", "rot13 in JSON"]
  private static let canary = "sallyport-canary-0123456789abcdef"

  /// One thing to find, in a sentence.
  private struct Case {
    let detector: String
    let dataClass: DataClass
    let text: [UInt8]

    init(_ detector: String, _ dataClass: DataClass, _ example: String) {
      self.detector = detector
      self.dataClass = dataClass
      text = Array("The entry of the file: \(example)\nand then other words.\n".utf8)
    }

    /// What one hidden text is hidden in, another may take for its own.
    func isFound(in inspected: Inspected) -> Bool {
      inspected.findings.contains {
        $0.detector == detector || dataClass == .hiddenText && $0.dataClass == .hiddenText
      }
    }
  }

  private static func detectors() throws -> DetectorSet {
    try DetectorSet(try Detectors.set(), canaries: [Array(canary.utf8)])
  }

  /// Of a class, in turn.
  private static func cases(of dataClass: DataClass, for encoding: Int, _ count: Int = sampled) throws -> [Case] {
    guard dataClass != .canary else { return [Case("canary", .canary, canary)] }
    let rules = try Detectors.rules.get().filter { $0.dataClass == dataClass && !$0.isGeneric }
    return (0..<min(count, rules.count)).map { number in
      let rule = rules[(number * rules.count / count + encoding * 7) % rules.count]
      return Case(rule.id, dataClass, rule.examples[0])
    }
  }

  @Test("no encoding hides anything of any class", arguments: classes)
  func matrix(_ dataClass: DataClass) throws {
    let detectors = try Self.detectors()
    var found = 0
    var all = 0
    for (number, encoding) in Encoding.all.enumerated() where !Self.ofASCII.contains(encoding.name) {
      let cases = try Self.cases(of: dataClass, for: number)
      let missed = try cases.filter {
        try !$0.isFound(in: inspect(encoding.encode($0.text), encoding.content, detectors: detectors))
      }
      found += cases.count - missed.count
      all += cases.count
      guard !missed.isEmpty else { continue }
      print("\(dataClass.rawValue), \(encoding.name): \(missed.map(\.detector)) missed of \(cases.count)")
    }
    print("\(dataClass.rawValue): \(found) of \(all) found in all encodings")
    #expect(Double(found) >= (dataClass == .canary ? 1 : Self.leastShare) * Double(all))
  }

  @Test("what is written backwards or in rot13 is found, of every class", arguments: classes + [.proprietary])
  func turned(_ dataClass: DataClass) throws {
    let detectors = try Self.detectors()
    let cases =
      dataClass == .canary
      ? [Case("canary", .canary, Self.canary)]
      : try Detectors.rules.get().filter { $0.dataClass == dataClass && !$0.isGeneric }
        .map { Case($0.id, dataClass, $0.examples[0]) }
        .filter { one in try one.isFound(in: inspect(one.text, detectors: detectors)) }
    for encoding in Encoding.ofTokens where Self.turned.contains(encoding.name) {
      let missed = try cases.filter {
        try !$0.isFound(in: inspect(encoding.encode($0.text), encoding.content, detectors: detectors))
      }
      print("\(dataClass.rawValue), \(encoding.name): \(missed.map(\.detector)) missed of \(cases.count)")
      let least = dataClass == .canary ? 1 : Self.leastShareTurned
      #expect(Double(cases.count - missed.count) >= least * Double(cases.count), "\(encoding.name)")
    }
  }

  @Test("a setting that is written backwards or in rot13 gives its key away")
  func settings() throws {
    let detectors = try Self.detectors()
    let rules = try Detectors.rules.get().filter { $0.dataClass == .credential && $0.grade == .block && !$0.isGeneric }
    for encoding in Encoding.ofTokens where Self.turned.contains(encoding.name) {
      let missed = try rules.filter { rule in
        let body = try encoding.encode(Array(rule.examples[0].utf8))
        return try !inspect(body, encoding.content, detectors: detectors).findings.contains { $0.detector == rule.id }
      }
      print("settings, \(encoding.name): \(missed.map(\.id)) missed of \(rules.count)")
      #expect(Double(rules.count - missed.count) >= Self.leastShareTurned * Double(rules.count), "\(encoding.name)")
    }
  }

  /// Keys that are told by the letters that they begin with, and by nothing beside them; long enough for three lines.
  private static func tokens(_ detectors: DetectorSet) throws -> [(id: String, token: [UInt8])] {
    let rules = try Detectors.rules.get().filter { rule in
      rule.dataClass == .credential && rule.grade == .block && !rule.isGeneric && rule.keywords.isEmpty
        && rule.context == nil && rule.patterns.count == 1
    }
    return try rules.compactMap { rule in
      guard let token = rule.examples[0].split(whereSeparator: \.isWhitespace).last, token.utf8.count > 32,
        rule.patterns[0].contains(token.prefix(4)),
        try inspect(Array(token.utf8), detectors: detectors).findings.contains(where: { $0.detector == rule.id })
      else { return nil }
      return (rule.id, Array(token.utf8))
    }
  }

  @Test("keys of vendors are found in texts that are broken up or turned round")
  func tokens() throws {
    let detectors = try Self.detectors()
    let tokens = try Self.tokens(detectors)
    for (isTurned, least) in [(false, Self.leastShare), (true, Self.leastShareTurned)] {
      let encodings = Encoding.ofTokens.filter { Self.turned.contains($0.name) == isTurned }
      var found = 0
      for encoding in encodings {
        let missed = try tokens.filter { id, token in
          try !inspect(encoding.encode(token), encoding.content, detectors: detectors).findings.contains {
            $0.detector == id
          }
        }
        found += tokens.count - missed.count
        print("tokens, \(encoding.name): \(missed.map(\.id)) missed of \(tokens.count)")
      }
      #expect(Double(found) >= least * Double(tokens.count * encodings.count))
    }
  }

  @Test("wherever a message is split, the same is found, in every encoding and of every class", arguments: classes)
  func splits(_ dataClass: DataClass) throws {
    let detectors = try Self.detectors()
    var source = Seeded(17)
    for (number, encoding) in Encoding.all.enumerated() {
      for one in try Self.cases(of: dataClass, for: number, 1) {
        let body = try encoding.encode(one.text)
        let whole = try inspect(body, encoding.content, detectors: detectors)
        let cuts = (0..<6).map { _ in Int.random(in: 0...body.count, using: &source) }
        #expect(try inspect(body, encoding.content, cuts: cuts, detectors: detectors) == whole, "\(encoding.name)")
        let bytes = Array(1..<body.count)
        #expect(try inspect(body, encoding.content, cuts: bytes, detectors: detectors) == whole, "\(encoding.name)")
      }
    }
  }
}
