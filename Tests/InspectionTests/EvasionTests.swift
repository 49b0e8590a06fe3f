internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Whether an encoding hides anything: every class of data in every one of them, counted.
@Suite struct EvasionTests {
  private static let classes: [DataClass] = [.credential, .personal, .financial, .hiddenText, .injection]
  /// Detectors of each class, spread over the catalogue; there are other ones for each encoding.
  private static let sampled = 8
  private static let leastShare = 0.99
  private static let canary = Array("sallyport-canary-0123456789abcdef".utf8)

  /// One thing to find, in a sentence.
  private struct Case {
    let detector: String
    let text: [UInt8]

    init(_ rule: DetectorRule) {
      detector = rule.id
      text = Array("The entry of the file: \(rule.examples[0])\nand then other words.\n".utf8)
    }
  }

  /// Of a class, those that are found in the plain text, in turn.
  private static func cases(of dataClass: DataClass, for encoding: Int) throws -> [Case] {
    let rules = try Detectors.rules.get().filter { $0.dataClass == dataClass && !$0.isGeneric }
    return (0..<min(sampled, rules.count)).map { number in
      Case(rules[(number * rules.count / sampled + encoding * 7) % rules.count])
    }
  }

  @Test("no encoding hides anything of any class")
  func matrix() throws {
    let detectors = try DetectorSet(try Detectors.set(), canaries: [Self.canary])
    var failures: [String] = []
    for dataClass in Self.classes {
      var found = 0
      var all = 0
      for (number, encoding) in Encoding.all.enumerated() {
        let cases = try Self.cases(of: dataClass, for: number)
        let missed = try cases.filter { one in
          let body = try encoding.encode(one.text)
          return try !inspect(body, encoding.content, detectors: detectors).findings.contains { $0.detector == one.detector }
        }
        found += cases.count - missed.count
        all += cases.count
        if !missed.isEmpty {
          failures.append("\(dataClass.rawValue), \(encoding.name): \(missed.map(\.detector)) of \(cases.count)")
        }
      }
      print("\(dataClass.rawValue): \(found) of \(all) in \(Encoding.all.count) encodings")
      #expect(Double(found) >= Self.leastShare * Double(all))
    }
    for failure in failures { print(failure) }
  }
}
