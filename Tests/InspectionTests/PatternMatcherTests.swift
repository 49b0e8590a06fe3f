internal import Testing

@testable internal import Inspection

/// A match is what trying everything in order finds, whatever is looked at ahead.
@Suite struct PatternMatcherTests {
  @Test("random patterns match random texts as trying each way in its order does", arguments: 0..<40)
  func random(_ seed: UInt64) {
    var source = Seeded(seed &* 7919 &+ 1)
    for _ in 0..<200 {
      let node = Self.node(&source, depth: 3)
      let program = PatternProgram(node)
      for _ in 0..<8 {
        let text = (0..<source.below(14)).map { _ in Self.letters[source.below(Self.letters.count)] }
        let start = source.below(text.count + 1)
        var matcher = PatternMatcher()
        let found = text.withUnsafeBufferPointer { matcher.match(program, $0, at: start, isLast: true) }
        #expect(found == Self.expected(node, text, at: start), "\(node) at \(start) of \(text)")
        #expect(!matcher.reachedEnd)
      }
    }
  }

  @Test("what more bytes may change is never answered before they are there", arguments: 0..<20)
  func prefixes(_ seed: UInt64) {
    var source = Seeded(seed &* 104_729 &+ 1)
    for _ in 0..<200 {
      let node = Self.node(&source, depth: 3)
      let program = PatternProgram(node)
      let text = (0..<8 + source.below(8)).map { _ in Self.letters[source.below(Self.letters.count)] }
      let whole = Self.expected(node, text, at: 0)
      for count in 0...text.count {
        var matcher = PatternMatcher()
        let found = text[..<count].withUnsafeBufferPointer { matcher.match(program, $0, at: 0, isLast: false) }
        if !matcher.reachedEnd { #expect(found == whole, "\(node) in \(count) bytes of \(text)") }
      }
    }
  }

  @Test("nothing is matched where a pattern says that no match begins", arguments: 0..<40)
  func beginnings(_ seed: UInt64) {
    var source = Seeded(seed &* 6151 &+ 1)
    for _ in 0..<400 {
      let node = Self.node(&source, depth: 3)
      guard node.width.lowerBound > 0 else { continue }
      let text = (0..<10).map { _ in Self.letters[source.below(Self.letters.count)] }
      for start in 1..<text.count where Self.expected(node, text, at: start) != nil {
        #expect(!node.notBefore.contains(text[start - 1]), "\(node) at \(start) of \(text)")
        #expect(node.first.contains(text[start]), "\(node) at \(start) of \(text)")
      }
    }
  }

  @Test("a pattern that begins a word does not begin within one, unless what begins it can be nothing")
  func beginningOfWord() throws {
    #expect(try PatternParser.parse("\\bno[0-9]{8}").notBefore == .word)
    #expect(try PatternParser.parse("\\b[a-z-][0-9]{8}").notBefore == .none)
    for pattern in ["(?:\\b(?:no|nr)?)[:# -][0-9]{8}", "(\\b[a-z]?)-[0-9]{8}", "(?:\\b(?![0-9]))[-+][0-9]{8}"] {
      #expect(try PatternParser.parse(pattern).notBefore == .none, "\(pattern)")
    }
  }

  // MARK: Patterns and texts

  private static let letters = Array("aab bc-".utf8)

  private static func set(_ source: inout Seeded) -> ByteSet {
    (0..<1 + source.below(2)).reduce(.none) { set, _ in set.union(ByteSet(letters[source.below(letters.count)])) }
  }

  private static func node(_ source: inout Seeded, depth: Int) -> PatternNode {
    let parts = { (source: inout Seeded) in (0..<1 + source.below(3)).map { _ in node(&source, depth: depth - 1) } }
    switch depth > 0 ? source.below(10) : 9 {
    case 0, 1, 2: return .sequence(parts(&source))
    case 3, 4: return .alternation(parts(&source))
    case 5:
      let minimum = source.below(2)
      return .repeated(node(&source, depth: depth - 1), minimum: minimum, maximum: minimum + source.below(3))
    case 6:
      let minimum = source.below(3)
      return .repeated(.set(set(&source)), minimum: minimum, maximum: minimum + source.below(6))
    case 7: return .capture(node(&source, depth: depth - 1))
    case 8: return [.wordBoundary, .notPreceded(set(&source)), .notFollowed(set(&source))][source.below(3)]
    default: return .set(set(&source))
    }
  }

  // MARK: Trying everything

  /// Where a way stands: in the text, and what was captured so far.
  private struct Way {
    var position: Int
    var secretStart = -1
    var secretEnd = -1
  }

  private static func expected(_ node: PatternNode, _ text: [UInt8], at start: Int) -> PatternMatcher.Match? {
    guard let way = ways(of: node, text, Way(position: start)).first else { return nil }
    let hasSecret = way.secretStart >= 0 && way.secretEnd >= way.secretStart
    return .init(
      range: start..<way.position, secret: hasSecret ? way.secretStart..<way.secretEnd : start..<way.position)
  }

  /// All ways through it, in their order.
  private static func ways(of node: PatternNode, _ text: [UInt8], _ way: Way) -> [Way] {
    let before = way.position > 0 ? text[way.position - 1] : nil
    let after = way.position < text.count ? text[way.position] : nil
    switch node {
    case .set(let set):
      guard let after, set.contains(after) else { return [] }
      var next = way
      next.position += 1
      return [next]
    case .sequence(let nodes):
      return nodes.reduce([way]) { ways, node in ways.flatMap { Self.ways(of: node, text, $0) } }
    case .alternation(let nodes): return nodes.flatMap { ways(of: $0, text, way) }
    case .repeated(let node, let minimum, let maximum):
      guard maximum > 0 else { return [way] }
      let rest = PatternNode.repeated(node, minimum: max(0, minimum - 1), maximum: maximum - 1)
      return ways(of: node, text, way).flatMap { ways(of: rest, text, $0) } + (minimum == 0 ? [way] : [])
    case .capture(let node):
      var inside = way
      inside.secretStart = way.position
      return ways(of: node, text, inside).map { way in
        var ended = way
        ended.secretEnd = way.position
        return ended
      }
    case .wordBoundary:
      let isBoundary =
        (before.map { ByteSet.word.contains($0) } ?? false) != (after.map { ByteSet.word.contains($0) } ?? false)
      return isBoundary ? [way] : []
    case .notPreceded(let set): return before.map { set.contains($0) } ?? false ? [] : [way]
    case .notFollowed(let set): return after.map { set.contains($0) } ?? false ? [] : [way]
    }
  }
}

extension Seeded {
  /// A number from 0 on.
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
