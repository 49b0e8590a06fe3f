internal import Attribution
internal import Decoding
internal import Evidence

/// How many lines are found, and how many are said to be where they are not.
struct Accuracy {
  private let tree: SourceTree
  private let others: SourceTree
  private let catalogue: TextCatalogue
  private let index: SourceIndex
  private var generator = Seeded(20_261_121)
  var showsMisses = 0

  /// What was sent under one heading, and what came of it.
  struct Count {
    var lines = 0
    var found = 0
    var wrong = 0
    var common = 0
    var twice = 0

    static func + (one: Count, two: Count) -> Count {
      Count(
        lines: one.lines + two.lines, found: one.found + two.found, wrong: one.wrong + two.wrong,
        common: one.common + two.common, twice: one.twice + two.twice)
    }

    var foundShare: Double { lines > 0 ? Double(found) / Double(lines) : 1 }
    var wrongShare: Double { lines > 0 ? Double(wrong) / Double(lines + common) : 0 }
  }

  init(_ tree: SourceTree, _ others: SourceTree) {
    self.tree = tree
    self.others = others
    catalogue = TextCatalogue(tree)
    index = SourceIndex()
    for file in tree.files { file.text.withUnsafeBytes { index.take(file.path, text: $0) } }
  }

  var contents: IndexContents { index.contents }

  /// Messages of three runs each.
  mutating func count(_ changes: [Transformation], lines: ClosedRange<Int>, messages: Int) -> Count {
    var count = Count()
    for _ in 0..<messages {
      let composition = Composition((0..<3).map { _ in run(lines) }, of: tree, changes, seed: generator.next())
      count = count + judge(composition, sources(composition), changes)
    }
    return count
  }

  private mutating func run(_ lengths: ClosedRange<Int>) -> (file: Int, lines: ClosedRange<Int>) {
    while true {
      let file = Int.random(in: 0..<tree.files.count, using: &generator)
      let length = Int.random(in: lengths, using: &generator)
      let lines = tree.files[file].lines.count
      guard lines >= length else { continue }
      let start = Int.random(in: 0...lines - length, using: &generator)
      let text = tree.files[file].trimmed
      guard !text[start].isEmpty, !text[start + length - 1].isEmpty else { continue }
      return (file, start...start + length - 1)
    }
  }

  private func sources(_ composition: Composition) -> [SourceRange] {
    let sent = SentLines()
    return composition.bodies.flatMap { body in
      let attributor = MessageAttributor(index, to: "model", sent: sent)
      let decoding = DecodingTree(composition.content, limits: .standard, observer: attributor)
      body.withUnsafeBytes { decoding.receive($0) }
      decoding.finish()
      defer { attributor.markSent() }
      return attributor.attributedSoFar().sources
    }
  }

  private mutating func judge(_ composition: Composition, _ sources: [SourceRange], _ changes: [Transformation])
    -> Count
  {
    var count = Count()
    var claimed: [String: Set<Int>] = [:]
    var right: [String: Set<Int>] = [:]
    for source in sources {
      claimed[source.path, default: []].formUnion(source.startLine...source.endLine)
      // A piece of a run that was cut may stand in several places of its file, or of others if the claim says so; nobody
      // can tell which one it was.
      if composition.parts.contains(where: {
        (source.copies > 0 || tree.files[$0.file].path == source.path) && holds(source, $0)
      }) {
        right[source.path, default: []].formUnion(source.startLine...source.endLine)
      }
    }
    for part in composition.parts {
      let places = catalogue.places(of: part.run)
      let sent = Self.sentLines(part.run)
      for place in places { right[tree.files[place.file].path, default: []].formUnion(lines(part.run, place)) }
      if Set(places.map(\.file)).count > 8 {
        count.common += sent.count
        continue
      }
      if places.count > 1 { count.twice += sent.count }
      count.lines += sent.count
      let found =
        places.map { place in
          let file = tree.files[place.file]
          return sent.count { claimed[file.path]?.contains(file.full[place.line + $0] + 1) ?? false }
        }.max() ?? 0
      count.found += found
      if found < sent.count, showsMisses > 0 {
        show(part, found, of: sent.count, places.count, sources, composition, changes)
      }
    }
    for (path, lines) in claimed {
      let wrong = lines.subtracting(right[path] ?? [])
      guard !wrong.isEmpty, let file = tree.files.first(where: { $0.path == path }) else { continue }
      let text = wrong.filter { !file.trimmed[$0 - 1].isEmpty }
      count.wrong += text.count
      if showsMisses > 0, !text.isEmpty {
        print("+++ \(changes.map(\.rawValue)): wrong \(path) \(wrong.sorted())")
        for line in wrong.sorted() { print("   |" + String(decoding: file.lines[line - 1], as: UTF8.self)) }
        for part in composition.parts {
          print("   of \(tree.files[part.file].path) \(part.lines.lowerBound + 1)-\(part.lines.upperBound + 1)")
        }
      }
    }
    return count
  }

  /// Whether what is claimed is, as text, successive lines of the run, the first and the last perhaps in part.
  private func holds(_ source: SourceRange, _ part: Composition.Part) -> Bool {
    guard let file = tree.files.first(where: { $0.path == source.path }) else { return false }
    let claimed = file.full.filter { $0 + 1 >= source.startLine && $0 + 1 <= source.endLine }
    let sent = part.lines.map { tree.files[part.file].trimmed[$0] }.filter { !$0.isEmpty }
    guard !claimed.isEmpty, claimed.count <= sent.count else { return false }
    return (0...sent.count - claimed.count).contains { start in
      claimed.indices.allSatisfy { Self.holds(source, file, line: claimed[$0], in: Array(sent[start + $0])) }
    }
  }

  private static func holds(_ source: SourceRange, _ file: SourceTree.File, line: Int, in sent: [UInt8]) -> Bool {
    let (start, end) = (
      line + 1 == source.startLine ? source.startColumn : nil, line + 1 == source.endLine ? source.endColumn : nil
    )
    let text = file.lines[line]
    let claimed = SourceTree.File.trimmed(text.prefix(end ?? text.count).dropFirst((start ?? 1) - 1))
    switch (start, end) {
    case (nil, nil): return claimed.elementsEqual(sent)
    case (_, nil): return sent.suffix(claimed.count).elementsEqual(claimed)
    case (nil, _): return sent.starts(with: claimed)
    default: return sent.indices.contains { sent[$0...].starts(with: claimed) }
    }
  }

  /// The lines that must be found, counted among those that are not blank: a part that is too short is not.
  private static func sentLines(_ run: TextCatalogue.Run) -> Range<Int> {
    let start = run.head.map { $0.count < 8 ? 1 : 0 } ?? 0
    let end = run.tail.map { $0.count < 8 ? 1 : 0 } ?? 0
    return start..<max(start, run.count - end)
  }

  private func lines(_ run: TextCatalogue.Run, _ place: TextCatalogue.Place) -> [Int] {
    (0..<run.count).map { tree.files[place.file].full[place.line + $0] + 1 }
  }

  private mutating func show(
    _ part: Composition.Part, _ found: Int, of count: Int, _ places: Int, _ sources: [SourceRange],
    _ composition: Composition, _ changes: [Transformation]
  ) {
    showsMisses -= 1
    print(
      "--- \(changes.map(\.rawValue)): \(found) of \(count), \(places) places, \(tree.files[part.file].path) \(part.lines)"
    )
    for line in part.lines { print("   |" + String(decoding: tree.files[part.file].lines[line], as: UTF8.self)) }
    for source in sources { print("   \(source.path) \(source.startLine)-\(source.endLine) x\(source.copies)") }
  }

  /// Whole files of other projects, in which nothing is of the workspace.
  mutating func countOthers(_ changes: [Transformation]) -> Count {
    var count = Count()
    for file in others.files.indices where !others.files[file].full.isEmpty {
      let length = min(400, others.files[file].lines.count)
      let composition = Composition([(file, 0...length - 1)], of: others, changes, seed: generator.next())
      let sources = sources(composition)
      count.lines += others.files[file].full.count { $0 < length }
      for source in sources {
        count.wrong += source.lineCount
        if showsMisses > 0 {
          showsMisses -= 1
          print(
            "--- \(others.files[file].path): \(source.path) \(source.startLine)-\(source.endLine) x\(source.copies)")
          guard let claimed = tree.files.first(where: { $0.path == source.path }) else { continue }
          for line in source.startLine...source.endLine {
            print("   |" + String(decoding: claimed.lines[line - 1], as: UTF8.self))
          }
        }
      }
    }
    return count
  }
}
