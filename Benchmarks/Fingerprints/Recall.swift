internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Glibc

/// What is found of an index's own files, and what of others'.
struct Recall {
  private let tree: SourceFiles
  /// Those of the tree that are in the index.
  private let indexed: [SourceFiles.File]
  private let set: FingerprintSet
  private let others: String?
  private static let windows = 2000

  init(_ folder: String, others: String?, publicCode: String?) throws {
    self.others = others
    tree = SourceFiles(folder)
    let set = try Self.index(folder, publicPaths: publicCode.map { [$0] } ?? [])
    let known = set.indexed(tree.files.map { String($0.path.dropFirst(folder.count + 1)) })
    indexed = tree.files.filter { known.contains(String($0.path.dropFirst(folder.count + 1))) }
    self.set = set
  }

  static func index(_ folder: String, publicPaths: [String]) throws -> FingerprintSet {
    var template = Array("/tmp/fingerprint-measure-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { exit(1) }
    let place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(place) }
    // Which spans are kept depends on the key: the same each time, so that what differs is the program.
    var random = Seeded(5)
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

  /// Tells each passage that is missed, and each alarm, with its file: of trees that thresholds are chosen on, and of no others.
  func printCases() {
    for (what, count, least) in [("ten", 10, 80)] {
      for sample in samples(count, { Self.characters($0) >= least }) {
        let grades = Self.findings(Form.verbatim.text(sample.lines), set).map(\.grade)
        guard !grades.contains(.redact) else { continue }
        Swift.print("\(what) \(grades.isEmpty ? "missed" : "noted") \(Self.characters(sample.lines))", sample)
      }
    }
    for sample in renamedSamples() {
      let grades = Self.findings(Form.renamed(Array(sample.lines.joined(separator: [0x0a]))), set).map(\.grade)
      guard !grades.contains(.redact) else { continue }
      let shapes = Set(sample.lines.map(Form.shape)).count
      Swift.print("renamed \(grades.isEmpty ? "missed" : "noted") \(shapes)", sample)
    }
  }

  /// Lines of a file.
  private struct Sample: CustomStringConvertible {
    let path: String
    let lines: [ArraySlice<UInt8>]

    var description: String {
      "\(path)\n" + lines.map { "    | \(String(decoding: $0.prefix(110), as: UTF8.self))" }.joined(separator: "\n")
    }
  }

  func print() {
    Swift.print("\(indexed.count) of \(tree.files.count) files of code are in the index; passages are of those")
    tell("ten lines that are not blank", 10) { _ in true }
    tell("of those, 80 letters and digits or more", 10) { Self.characters($0) >= 80 }
    tell("of those, 120 letters and digits or more", 10) { Self.characters($0) >= 120 }
    tellRenamed()
    tellOthers()
  }

  private func samples(_ count: Int, _ accepts: ([ArraySlice<UInt8>]) -> Bool) -> [Sample] {
    var random = Seeded(11)
    var samples: [Sample] = []
    for _ in 0..<Self.windows * 20 where samples.count < Self.windows {
      guard let file = indexed.randomElement(using: &random) else { continue }
      let lines = file.lines
      guard lines.count > count + Self.head else { continue }
      let start = Int.random(in: Self.head..<lines.count - count, using: &random)
      let window = Array(lines[start..<start + count])
      if !Relation.isLicence(window), accepts(window) { samples.append(Sample(path: file.path, lines: window)) }
    }
    return samples
  }

  /// Lines in which licences stand, and what many files begin with.
  private static let head = 30

  private func tell(_ what: String, _ count: Int, _ accepts: ([ArraySlice<UInt8>]) -> Bool) {
    let samples = samples(count, accepts)
    for form in Form.allCases {
      let found = samples.map { Self.findings(form.text($0.lines), set) }
      Swift.print("\(what), \(form.rawValue):", Self.share(found, OwnCodeDetector.copied))
    }
  }

  private func renamedSamples() -> [Sample] {
    func isCode(_ line: ArraySlice<UInt8>) -> Bool {
      let signs = Array("(){}[]=;:".utf8)
      let text = line.drop { $0 <= 0x20 }
      return line.contains { signs.contains($0) }
        && ![UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "*")].contains(text.first)
    }
    return samples(20) { lines in lines.count(where: isCode) >= 18 }
  }

  private func tellRenamed() {
    let samples = renamedSamples()
    let found = samples.map { Self.findings(Form.renamed(Array($0.lines.joined(separator: [0x0a]))), set) }
    Swift.print("twenty lines of code, renamed:", Self.share(found, OwnCodeDetector.renamed))
    for least in [8, 12] {
      let varied = samples.indices.filter { Set(samples[$0].lines.map(Form.shape)).count >= least }
      Swift.print(
        "of those, \(least) lines or more that are built differently, renamed:",
        Self.share(varied.map { found[$0] }, OwnCodeDetector.renamed))
    }
  }

  private static func share(_ found: [[Finding]], _ detector: String) -> String {
    let any = found.count { $0.contains { $0.detector == detector } }
    let redact = found.count { $0.contains { $0.grade == .redact } }
    return "\(any) of \(found.count) found, \(redact) for redaction"
  }

  private func tellOthers() {
    guard let others else { return }
    let files = SourceFiles(others).files
    let relation = Relation(tree.files)
    var (redact, note, related) = ([Int](repeating: 0, count: 2), 0, 0)
    for file in files {
      let found = Self.findings(file.text, set)
      if found.contains(where: { $0.grade == .note }) { note += 1 }
      let sure = found.filter { $0.grade == .redact }
      guard !sure.isEmpty else { continue }
      let copies = relation.copies(in: file)
      let alarms = sure.filter { finding in
        !copies.contains { $0.overlaps(finding.span.start..<max(finding.span.start + 1, finding.span.end)) }
      }
      if alarms.count < sure.count { related += 1 }
      if alarms.contains(where: { $0.detector == OwnCodeDetector.copied }) { redact[0] += 1 }
      if alarms.contains(where: { $0.detector == OwnCodeDetector.renamed }) { redact[1] += 1 }
      for finding in sure {
        let isAlarm = alarms.contains { $0.span == finding.span }
        Swift.print(
          "  \(file.path.suffix(70)) \(finding.detector) \(finding.span.start)..<\(finding.span.end)",
          isAlarm ? "" : "in ten lines that are the same")
      }
    }
    Swift.print(
      "\(files.count) files of others: \(redact[0]) with alarms of copies, \(redact[1]) of renamed code;",
      "in \(related) something is found in ten lines that are the same; notes in \(note)")
  }
}
