internal import Evidence
internal import Testing

@testable internal import Fingerprints

@Suite("The organisation's own code in a message")
struct RecallTests {
  /// What people and tools do to code on its way.
  enum Form: CaseIterable, CustomTestStringConvertible {
    case verbatim, json, base64, numbered, quoted, indented, wrapped, upperCase

    var testDescription: String { "\(self)" }

    func text(_ lines: [String]) -> String {
      switch self {
      case .verbatim: return lines.joined(separator: "\n")
      case .json:
        let text = JSONValue.string("Look at this:\n" + lines.joined(separator: "\n"))
        let body = try? CanonicalJSON.encode(["messages": [["content": text, "role": "user"]]])
        return String(decoding: body ?? [], as: UTF8.self)
      case .base64: return Self.base64(Array(lines.joined(separator: "\n").utf8))
      case .numbered:
        return lines.enumerated().map { "\($0.offset + 417)\t\($0.element)" }.joined(separator: "\n")
      case .quoted: return lines.map { "> \($0)" }.joined(separator: "\n")
      case .indented:
        return lines.map { "\t\t\t" + $0.drop { $0 == " " } }.joined(separator: "\r\n")
      case .wrapped:
        return lines.joined(separator: " ").split(separator: " ").joined(separator: "\n")
      case .upperCase: return lines.joined(separator: "\n").uppercased()
      }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
      let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
      var text: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
          text.append(place <= group.count ? digits[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Ten successive lines, from every seventh line on, that have 120 letters and digits.
  private static func windows(_ count: Int) -> [[String]] {
    RealSource.own.flatMap { file -> [[String]] in
      let lines = file.lines
      guard lines.count > count else { return [] }
      return stride(from: 0, to: lines.count - count, by: 7).map { Array(lines[$0..<$0 + count]) }
    }.filter { RealSource.characters($0.joined()) >= 120 }
  }

  @Test("ten lines are found in every form", arguments: Form.allCases)
  func ten(_ form: Form) throws {
    let (place, set) = try RealSource.indexed()
    let windows = Self.windows(10)
    #expect(windows.count > 300)
    for lines in windows {
      let findings = set.findings(in: form.text(lines))
      let found = findings.contains { $0.detector == OwnCodeDetector.copied && $0.dataClass == .proprietary }
      #expect(found, "\(lines.joined(separator: "\n"))")
      if !found { break }
    }
    withExtendedLifetime(place) {}
  }

  @Test("of twenty lines of code with every name changed, nineteen in twenty are found")
  func renamed() throws {
    let (place, set) = try RealSource.indexed()
    let windows = Self.windows(20).filter { lines in lines.count { !$0.contains("//") } >= 17 }
    #expect(windows.count > 100)
    let found = windows.count { lines in
      set.findings(in: Renaming.text(lines.joined(separator: "\n"))).contains { $0.detector == OwnCodeDetector.renamed }
    }
    #expect(Double(found) / Double(windows.count) >= 0.95, "\(found) of \(windows.count)")
    withExtendedLifetime(place) {}
  }

  @Test("ten lines of few letters are as sure as ten of many")
  func sparse() throws {
    let (place, set) = try RealSource.indexed()
    let windows = RealSource.own.flatMap { file -> [[String]] in
      let lines = file.lines
      return lines.indices.dropLast(10).map { Array(lines[$0..<$0 + 10]) }
    }.filter { (80..<120).contains(RealSource.characters($0.joined())) }
    #expect(windows.count >= 10)
    let sure = windows.count { lines in
      set.findings(in: lines.joined(separator: "\n")).contains { $0.grade == .redact }
    }
    #expect(sure * 100 >= windows.count * 95, "\(sure) of \(windows.count)")
    withExtendedLifetime(place) {}
  }

  @Test("a table, of which lines are built like one of the last few, is found under other names")
  func table() throws {
    let place = try Place()
    func table(_ names: (Int) -> String) -> String {
      (0..<20).map { line in
        line % 2 == 0
          ? "static final int \(names(line)) = register(new \(names(line + 40))[\(line)], this);"
          : "\(names(line)).add(if (\(names(line + 60)) > 4) return \(names(line + 80))[2]; else null);"
      }.joined(separator: "\n")
    }
    try place.write(table { "harbour\($0)" }, to: "a.java")
    let set = try place.indexed()
    #expect(set.findings(in: table { "v\($0 * 7)x" }).contains { $0.detector == OwnCodeDetector.renamed })
  }

  @Test("what follows where a text is JSON no more is looked at, and what is in it is told once")
  func behindJSON() throws {
    let place = try Place()
    let code = RealSource.own[3].lines.prefix(60).joined(separator: "\n")
    try place.write(code, to: "a.swift")
    let set = try place.indexed()
    let line = code.replacing("\n", with: " ")
    for text in ["{\"a\": 1}\n\(code)", "{\"a\": 1} \(line)", "[1, 2, \(line)"] {
      #expect(set.findings(in: text).contains { $0.grade == .redact }, "\(text.prefix(20))")
    }
    // A file of JSON is found with its escapes where it was indexed with them.
    let escaped = (0..<40).map { "\"m\($0)\": \"tide \($0 * 7)\\n\\tharbour \($0 * 3)\\nlow\"" }.joined(
      separator: ",\n")
    try place.write("{\(escaped)}", to: "b.json")
    #expect(try place.indexed().findings(in: "{\(escaped)}").contains { $0.grade == .redact })
    let copied = set.findings(in: Form.json.text([code])).filter { $0.detector == OwnCodeDetector.copied }
    #expect(copied.map(\.grade) == [.redact] && copied.first?.layers == ["json"])
  }

  @Test("what a file repeats thirty times is found under other names as what it has once")
  func repetition() throws {
    let windows = Array(Self.windows(20).filter { lines in lines.count { !$0.contains("//") } >= 17 }.prefix(60))
    #expect(windows.count == 60)
    func found(copies: Int) throws -> Int {
      let place = try Place()
      for (number, lines) in windows.enumerated() {
        let text = (0..<copies).map { _ in lines.joined(separator: "\n") }.joined(separator: "\n")
        try place.write(Array(text.utf8), to: "code/\(number).swift")
      }
      let store = FingerprintStore(directory: "\(place.path)/indexes", key: Place.key())
      _ = try store.index("\(place.path)/code")
      let set = try #require(store.search(from: []).set)
      return windows.count { lines in
        set.findings(in: Array(Renaming.text(lines.joined(separator: "\n")).utf8)).contains {
          $0.detector == OwnCodeDetector.renamed && $0.grade == .redact
        }
      }
    }
    let (once, often) = (try found(copies: 1), try found(copies: 30))
    #expect(often >= once * 9 / 10, "\(once) of what stands once, \(often) of what is repeated")
  }

  @Test("fingerprints of tokens are one run only where they are as far from each other as in the file")
  func distances() {
    func runs(_ places: [UInt8]) -> [Int] {
      var open = OpenRuns()
      for (number, place) in places.enumerated() {
        let last = 16 + 10 * number
        open.take(
          OwnCodeHit(
            .tokens, UInt32(number), in: FingerprintSet.FileNumber(index: 0, file: 3), at: place, endingAt: last,
            last..<last + 1))
      }
      return open.runs.map(\.hits)
    }
    #expect(runs([250, 4, 14, 24]) == [4])
    #expect(runs([250, 5, 16, 27]).isEmpty)
    #expect(runs([250, 4, 15, 25]) == [2, 2])
  }

  @Test("what is found is told as one stretch, from its first line to its last, under its encodings")
  func span() throws {
    let (place, set) = try RealSource.indexed()
    let file = try #require(RealSource.own.first { $0.lines.count > 150 })
    let code = file.lines[40..<100].joined(separator: "\n")
    let before = String(repeating: "Nothing of ours is said here, at all.\n", count: 40)
    let text = before + code + "\n" + before
    let findings = set.findings(in: text).filter { $0.detector == OwnCodeDetector.copied }
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.grade == .redact && finding.layers.isEmpty)
    let range = before.utf8.count..<(before.utf8.count + code.utf8.count)
    #expect(abs(finding.span.start - range.lowerBound) < 120 && abs(finding.span.end - range.upperBound) < 120)
    #expect(finding.fingerprint?.count == 32)
    let encoded = set.findings(in: Form.base64.text([code]))
    #expect(encoded.first?.layers == ["base64"])
    withExtendedLifetime(place) {}
  }

  @Test("whatever the pieces of a message, the findings are the same")
  func pieces() throws {
    let (place, set) = try RealSource.indexed()
    let body = Array(Form.json.text(Array(RealSource.own[3].lines.prefix(200))).utf8)
    let whole = set.findings(in: body)
    #expect(!whole.isEmpty)
    for size in [1, 7, 1000, 4096] { #expect(set.findings(in: body, pieces: size) == whole) }
    withExtendedLifetime(place) {}
  }

  @Test("nothing of ours is found in other people's code")
  func others() throws {
    let (place, set) = try RealSource.indexed()
    for file in RealSource.others {
      let findings = set.findings(in: file.text).filter { $0.grade == .redact }
      #expect(findings.isEmpty, "\(file.path): \(findings)")
    }
    withExtendedLifetime(place) {}
  }

  @Test("two lines are too little to say whose they are")
  func tooLittle() throws {
    let (place, set) = try RealSource.indexed()
    for file in RealSource.own {
      let lines = file.lines
      let short = lines.indices.dropLast().filter { RealSource.characters(lines[$0] + lines[$0 + 1]) < 60 }
      for index in short.prefix(5) {
        #expect(set.findings(in: lines[index] + "\n" + lines[index + 1]).allSatisfy { $0.grade == .note })
      }
    }
    withExtendedLifetime(place) {}
  }
}

/// Gives every name another one.
enum Renaming {
  /// Words that mean something to Swift, and so keep theirs.
  private static let words = Set(
    """
    if else for while switch case default break continue return func class struct enum protocol extension import private
    static let var final override throw throws try catch as in is self true false nil where guard defer init deinit
    internal package mutating some any inout repeat public fileprivate typealias subscript get set Self
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  static func text(_ text: String) -> String {
    var renamed = ""
    var word = ""
    func end() {
      let isName = word.first.map { $0.isLetter || $0 == "_" } ?? false
      renamed += isName && !words.contains(word) ? "n\(word.utf8.reduce(5) { ($0 &* 31 &+ Int($1)) % 99_991 })" : word
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        end()
        renamed.append(character)
      }
    }
    end()
    return renamed
  }
}
