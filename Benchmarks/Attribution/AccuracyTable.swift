internal import Glibc

/// What `make accuracy-attribution` prints.
struct AccuracyTable {
  private let trees: String
  private let shows: Int

  /// - Parameter shows: lines that are missed or wrong are shown, so many times.
  init(_ trees: String, shows: Int) {
    self.trees = trees
    self.shows = shows
  }

  static let leastFound = 0.99
  static let mostWrong = 0.001

  /// - Returns: whether everything is within the bars.
  func print() -> Bool {
    let begin = ContinuousClock.now
    let tree = SourceTree(trees + "/workspace")
    let others = SourceTree(trees + "/others")
    var accuracy = Accuracy(tree, others)
    accuracy.showsMisses = shows
    Swift.print(
      "workspace: \(tree.files.count) files, \(tree.lineCount) lines, \(tree.languages.sorted().joined(separator: " "));",
      "others: \(others.files.count) files, \(others.lineCount) lines")
    let singles: [[Transformation]] = [[]] + Transformation.allCases.map { [$0] }
    let pairs = Transformation.allCases.indices.flatMap { one in
      Transformation.allCases.indices.filter { $0 > one }.map {
        [Transformation.allCases[one], Transformation.allCases[$0]]
      }
    }
    Swift.print(Self.row(["transformation", "lines", "found %", "false %", "3-4: found %", "false %"]))
    var total = Accuracy.Count()
    var short = Accuracy.Count()
    var isGood = true
    for changes in singles + pairs {
      let long = accuracy.count(changes, lines: 5...40, messages: 3000)
      let few = accuracy.count(changes, lines: 3...4, messages: 300)
      let isMissed = long.foundShare < Self.leastFound || long.wrongShare > Self.mostWrong
      isGood = isGood && !isMissed
      let name = changes.isEmpty ? "as it is" : changes.map(\.rawValue).joined(separator: " + ")
      Swift.print(
        Self.row([
          name, "\(long.lines)", Self.percent(long.foundShare), Self.percent(long.wrongShare),
          Self.percent(few.foundShare), Self.percent(few.wrongShare),
        ]) + (isMissed ? "  missed" : ""))
      total = total + long
      short = short + few
    }
    Swift.print(
      Self.row([
        "all", "\(total.lines)", Self.percent(total.foundShare), Self.percent(total.wrongShare),
        Self.percent(short.foundShare), Self.percent(short.wrongShare),
      ]))
    for changes in [[], [.json]] as [[Transformation]] {
      let other = accuracy.countOthers(changes)
      let isMissed = other.wrongShare > Self.mostWrong
      isGood = isGood && !isMissed
      Swift.print(
        "other projects' files\(changes.isEmpty ? "" : " in JSON"): \(other.lines) lines,",
        "\(Self.percent(other.wrongShare)) % falsely attributed\(isMissed ? "  missed" : "")")
    }
    Swift.print(
      "common text: \(Self.percent(Double(total.common) / Double(total.common + total.lines))) % of lines are in runs that",
      "stand in more than 8 files; \(Self.percent(Double(total.twice) / Double(max(1, total.lines)))) % of the others stand in",
      "several places, each of which counts as right")
    Swift.print("took \(ContinuousClock.now - begin)")
    return isGood
  }

  private static func row(_ cells: [String]) -> String {
    cells.enumerated().map { index, cell in
      let width = index == 0 ? 30 : 12
      let padding = String(repeating: " ", count: max(0, width - cell.count))
      return index == 0 ? cell + padding : padding + cell
    }.joined(separator: " ")
  }

  private static func percent(_ share: Double) -> String {
    let thousandths = Int((share * 100_000).rounded())
    let fraction = "\(thousandths % 1000)"
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
