internal import Decoding

/// Reads the subset of Perl's regular expressions that detectors are written in.
///
/// Literals, `.`, classes, `\d \w \s` and their opposites, `\xNN \n \r \t`, groups (the first capturing one is the
/// secret), `(?i)` at the beginning, greedy `* + ? {n} {n,} {n,m}`, `|`, `\b`, and `(?<!…)` and `(?!…)` of one class.
/// Everything is ASCII and a byte is a byte.
struct PatternParser {
  private let text: [UInt8]
  private var offset = 0
  private var ignoresCase = false
  private var hasCapture = false
  private var depth = 0

  private static let maximumDepth = 16

  static func parse(_ pattern: String) throws(PatternSyntaxError) -> PatternNode {
    var parser = PatternParser(text: Array(pattern.utf8))
    if parser.take("(?i)") { parser.ignoresCase = true }
    let node = try parser.alternation()
    guard parser.offset == parser.text.count else { throw parser.error("nothing more") }
    try parser.checkSize(node)
    guard node.width.lowerBound > 0 else { throw parser.error("a pattern that matches no empty text") }
    return node
  }

  /// Before anything is made of it or its widths are multiplied.
  private func checkSize(_ node: PatternNode) throws(PatternSyntaxError) {
    guard node.size <= InspectionLimits.maximumPatternSize else { throw error("fewer repetitions of groups") }
  }

  private init(text: [UInt8]) { self.text = text }

  private func error(_ expected: String) -> PatternSyntaxError {
    PatternSyntaxError(offset: offset, expected: expected)
  }

  private var next: UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func take(_ wanted: StaticString) -> Bool {
    let length = wanted.utf8CodeUnitCount
    guard offset + length <= text.count else { return false }
    for index in 0..<length where text[offset + index] != wanted.utf8Start[index] { return false }
    offset += length
    return true
  }

  private mutating func alternation() throws(PatternSyntaxError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw error("at most \(Self.maximumDepth) groups within each other") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternSyntaxError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      nodes.append(try quantified(try atom()))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func quantified(_ node: PatternNode) throws(PatternSyntaxError) -> PatternNode {
    let longest = InspectionLimits.maximumSecretBytes
    var bounds: (Int, Int)
    if take("*") {
      bounds = (0, longest)
    } else if take("+") {
      bounds = (1, longest)
    } else if take("?") {
      bounds = (0, 1)
    } else if take("{") {
      bounds = try counts(longest)
    } else {
      return node
    }
    guard next != UInt8(ascii: "?"), next != UInt8(ascii: "+") else { throw error("a greedy quantifier") }
    if case .set = node {
    } else if node.width.upperBound > 0 {
      bounds.1 = min(bounds.1, max(bounds.0, InspectionLimits.maximumGroupRepeats))
    }
    let repeated = PatternNode.repeated(node, minimum: bounds.0, maximum: bounds.1)
    try checkSize(repeated)
    return repeated
  }

  private mutating func counts(_ longest: Int) throws(PatternSyntaxError) -> (Int, Int) {
    let minimum = try number()
    var maximum = minimum
    if take(",") { maximum = next == UInt8(ascii: "}") ? longest : try number() }
    guard take("}"), minimum <= maximum, maximum <= longest else { throw error("{n}, {n,} or {n,m}") }
    return (minimum, maximum)
  }

  private mutating func number() throws(PatternSyntaxError) -> Int {
    var value = 0
    let start = offset
    while let byte = next, (0x30...0x39).contains(byte), offset - start < 6 {
      value = value * 10 + Int(byte - 0x30)
      offset += 1
    }
    guard offset > start else { throw error("a number") }
    return value
  }

  private mutating func atom() throws(PatternSyntaxError) -> PatternNode {
    if take("(?:") { return try close(try alternation()) }
    if take("(?<!") { return try close(.notPreceded(try oneSet())) }
    if take("(?!") { return try close(.notFollowed(try oneSet())) }
    if take("(?") { throw error("'(?:', '(?!' or '(?<!'") }
    if take("(") {
      guard !hasCapture else { throw error("one capturing group at most") }
      hasCapture = true
      return .capture(try close(try alternation()))
    }
    if take("\\b") { return .wordBoundary }
    if let byte = next, "*+?{}^$".utf8.contains(byte) {
      throw error("something to match before '\(Character(Unicode.Scalar(byte)))'")
    }
    return .set(try oneSet())
  }

  private mutating func close(_ node: PatternNode) throws(PatternSyntaxError) -> PatternNode {
    guard take(")") else { throw error("')'") }
    return node
  }

  /// A class, an escape, a dot or a literal byte.
  private mutating func oneSet() throws(PatternSyntaxError) -> ByteSet {
    if take("[") { return folded(try bracket()) }
    if take(".") { return ByteSet(UInt8(ascii: "\n")).complement(without: DecodedView.separator) }
    return folded(try single())
  }

  private func folded(_ set: ByteSet) -> ByteSet { ignoresCase ? set.caseFolded : set }

  private mutating func bracket() throws(PatternSyntaxError) -> ByteSet {
    let isNegated = take("^")
    var set = ByteSet()
    var isFirst = true
    while isFirst || next != UInt8(ascii: "]") {
      isFirst = false
      let start = offset
      let item = try single()
      guard text[start] != UInt8(ascii: "\\") || item.ranges.count == 1, next == UInt8(ascii: "-"),
        offset + 1 < text.count, text[offset + 1] != UInt8(ascii: "]"), let low = item.ranges.first?.lowerBound
      else {
        set = set.union(item)
        continue
      }
      offset += 1
      guard let high = try single().ranges.first?.lowerBound, low <= high else { throw error("a range's end") }
      set = set.union(ByteSet(low...high))
    }
    offset += 1
    return isNegated ? folded(set).complement(without: DecodedView.separator) : set
  }

  private mutating func single() throws(PatternSyntaxError) -> ByteSet {
    guard let byte = next else { throw error("a character") }
    offset += 1
    guard byte == UInt8(ascii: "\\") else {
      guard byte < 0x80 else { throw error("ASCII, or \\xNN") }
      return ByteSet(byte)
    }
    guard let escape = next else { throw error("an escape") }
    offset += 1
    switch escape {
    case UInt8(ascii: "n"): return ByteSet(0x0a)
    case UInt8(ascii: "r"): return ByteSet(0x0d)
    case UInt8(ascii: "t"): return ByteSet(0x09)
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "s"): return .space
    case UInt8(ascii: "D"): return ByteSet.digits.complement(without: DecodedView.separator)
    case UInt8(ascii: "W"): return ByteSet.word.complement(without: DecodedView.separator)
    case UInt8(ascii: "S"): return ByteSet.space.complement(without: DecodedView.separator)
    case UInt8(ascii: "x"):
      guard offset + 2 <= text.count,
        let value = UInt8(String(decoding: text[offset..<offset + 2], as: UTF8.self), radix: 16)
      else { throw error("two hexadecimal digits") }
      offset += 2
      return ByteSet(value)
    default:
      guard !ByteSet.word.contains(escape) else { throw error("an escape that is known here") }
      return ByteSet(escape)
    }
  }
}
