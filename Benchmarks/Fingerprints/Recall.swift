internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Glibc

/// What is found of an index's own files, and what of others'.
struct Recall {
  private let tree: SourceFiles
  private let set: FingerprintSet
  private let others: String?
  private static let windows = 3000

  init(_ folder: String, others: String?, publicCode: String?) throws {
    self.others = others
    tree = SourceFiles(folder)
    set = try Self.index(folder, publicPaths: publicCode.map { [$0] } ?? [])
  }

  static func index(_ folder: String, publicPaths: [String]) throws -> FingerprintSet {
    var template = Array("/tmp/fingerprint-measure-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { exit(1) }
    let place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(place) }
    var random = SystemRandomNumberGenerator()
    let key = FingerprintKey(Secret((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }))
    let store = FingerprintStore(directory: place, key: key)
    _ = try store.index(folder, publicPaths: publicPaths)
    let set = FingerprintSet(store.indexes().indexes, key: key)
    // What is mapped stays.
    _ = try store.forget(folder)
    return set
  }

  static func findings(_ bytes: [UInt8], _ set: FingerprintSet) -> [Finding] {
    let scanner = OwnCodeScanner(set)
    let tree = DecodingTree(.none, limits: .standard, observer: scanner)
    bytes.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    return scanner.findings(in: .body)
  }

  private static func characters(_ lines: [ArraySlice<UInt8>]) -> Int {
    lines.reduce(0) { sum, line in
      sum + line.count { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) || $0 >= 0x80 }
    }
  }

  func print() {
    tell("ten lines that are not blank", 10) { _ in true }
    tell("of those, 80 letters and digits or more", 10) { Self.characters($0) >= 80 }
    tell("of those, 120 letters and digits or more", 10) { Self.characters($0) >= 120 }
    tellRenamed()
    tellOthers()
  }

  private func samples(_ count: Int, _ accepts: ([ArraySlice<UInt8>]) -> Bool) -> [[ArraySlice<UInt8>]] {
    var random = Seeded(11)
    var samples: [[ArraySlice<UInt8>]] = []
    for _ in 0..<Self.windows * 20 where samples.count < Self.windows {
      guard let lines = tree.files.randomElement(using: &random)?.lines, lines.count > count else { continue }
      let start = Int.random(in: 0..<lines.count - count, using: &random)
      let window = Array(lines[start..<start + count])
      if accepts(window) { samples.append(window) }
    }
    return samples
  }

  private func tell(_ what: String, _ count: Int, _ accepts: ([ArraySlice<UInt8>]) -> Bool) {
    let samples = samples(count, accepts)
    for form in Form.allCases {
      let found = samples.map { Self.findings(form.text($0), set) }
      Swift.print("\(what), \(form.rawValue):", Self.share(found, OwnCodeDetector.copied))
    }
  }

  private func tellRenamed() {
    func isCode(_ line: ArraySlice<UInt8>) -> Bool {
      let signs = Array("(){}[]=;:".utf8)
      let text = line.drop { $0 <= 0x20 }
      return line.contains { signs.contains($0) }
        && ![UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "*")].contains(text.first)
    }
    let samples = samples(20) { lines in lines.count(where: isCode) >= 18 }
    let found = samples.map { Self.findings(Form.renamed(Array($0.joined(separator: [0x0a]))), set) }
    Swift.print("twenty lines of code, renamed:", Self.share(found, OwnCodeDetector.renamed))
  }

  private static func share(_ found: [[Finding]], _ detector: String) -> String {
    let any = found.count { $0.contains { $0.detector == detector } }
    let redact = found.count { $0.contains { $0.grade == .redact } }
    return "\(any) of \(found.count) found, \(redact) for redaction"
  }

  private func tellOthers() {
    guard let others else { return }
    let files = SourceFiles(others).files
    var (redact, note) = ([Int](repeating: 0, count: 2), 0)
    for file in files {
      let found = Self.findings(file.text, set)
      if found.contains(where: { $0.grade == .note }) { note += 1 }
      let sure = found.filter { $0.grade == .redact }
      if sure.contains(where: { $0.detector == OwnCodeDetector.copied }) { redact[0] += 1 }
      if sure.contains(where: { $0.detector == OwnCodeDetector.renamed }) { redact[1] += 1 }
      for finding in sure {
        Swift.print("  \(file.path.suffix(70)) \(finding.detector) \(finding.span.start)..<\(finding.span.end)")
      }
    }
    Swift.print("\(files.count) files of others: \(redact[0]) with copies, \(redact[1]) renamed; notes in \(note)")
  }
}
