internal import Evidence
internal import Patterns

@testable internal import Inspection

/// Patterns of policies, owners and detectors, each with another one and a text: three lines.
enum PatternTarget {
  static func check(_ bytes: [UInt8]) throws {
    let lines = bytes.split(separator: 0x0a, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3 else { return }
    let (one, other) = (String(decoding: lines[0], as: UTF8.self), String(decoding: lines[1], as: UTF8.self))
    let text = String(decoding: lines[2], as: UTF8.self)
    try checkCover(FilePattern(one), FilePattern(other), by: { $0.covers($1) }, matching: { $0.matches(text) })
    let globs = [UInt8(ascii: "/"), UInt8(ascii: ".")].map { separator in
      (Glob(lines[0], separator: separator), Glob(lines[1], separator: separator))
    }
    for (one, other) in globs {
      try checkCover(one, other, by: { $0.covers($1) }, matching: { $0.matches(lines[2]) })
    }
    let destination = Destination(host: text.lowercased(), port: 443)
    try checkCover(
      DestinationPattern(one), DestinationPattern(other), by: { $0.covers($1) }, matching: { $0.matches(destination) })
    _ = DestinationPattern(one)?.impossibility
    let target = RequestTarget(text)
    try checkCover(PathPattern(one), PathPattern(other), by: { $0.covers($1) }, matching: { $0.matches(target) })
    try checkDetector(one, Array(lines[2]))
  }

  /// What covers another pattern matches all that the other one matches.
  private static func checkCover<Pattern>(
    _ one: Pattern?, _ other: Pattern?, by covers: (Pattern, Pattern) -> Bool, matching: (Pattern) -> Bool
  ) throws {
    guard let one, let other else { return }
    let (first, second) = (matching(one), matching(other))
    if covers(one, other), second { try demand(first, "\(one) covers \(other) and does not match what that does") }
    try demand(
      covers(one, one) || !covers(one, other) || !covers(other, one), "\(one) and \(other) cover each other only")
  }

  /// A detector's pattern is refused or can be run, in bounded steps, and finds nothing outside.
  private static func checkDetector(_ pattern: String, _ text: [UInt8]) throws {
    let rule = DetectorRule(id: "x", name: "x", grade: .block, patterns: [pattern])
    guard let compilation = try? PatternCompilation([rule]) else { return }
    let compiled = compilation.patterns[0]
    try demand(compiled.program.count <= 1 << 20, "\(compiled.program.count) instructions")
    let anchorBytes = compilation.searches[0].anchors.reduce(0) { $0 + $1.hyperscanText.utf8.count }
    try demand(anchorBytes <= 1 << 22, "\(anchorBytes) bytes of anchors")
    var matcher = PatternMatcher()
    let ranges = text.withUnsafeBufferPointer { bytes in
      [0, text.count / 2, text.count].compactMap { matcher.match(compiled.program, bytes, at: $0, isLast: true) }
    }
    for match in ranges {
      try demand(match.range.upperBound <= text.count, "a match outside")
      let isInside =
        match.range.lowerBound <= match.secret.lowerBound && match.secret.upperBound <= match.range.upperBound
      try demand(isInside, "a secret outside of its match")
    }
    try demand(matcher.steps <= 4 * InspectionLimits.maximumMatchSteps, "\(matcher.steps) steps")
  }
}
