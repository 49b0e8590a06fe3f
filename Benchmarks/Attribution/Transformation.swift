/// One thing that happens to text between a file and a message.
enum Transformation: String, CaseIterable {
  case json = "JSON"
  case reindented
  case lineEnds = "line ends"
  case numbered = "line numbers"
  case diff
  case quoted
  case fenced
  case partial = "partial lines"
  case base64
  case compressed
  case split = "split messages"
}

/// The text of a run on its way into a message.
struct RunText {
  var lines: [[UInt8]]
  private var generator: Seeded
  private let firstLine: Int
  private let path: String

  init(_ lines: [[UInt8]], path: String, firstLine: Int, seed: UInt64) {
    self.lines = lines
    self.path = path
    self.firstLine = firstLine
    generator = Seeded(seed)
  }

  private mutating func pick(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

  /// Other white space at the beginning of lines.
  mutating func reindent() {
    let indentation = [Array("\t".utf8), Array("        ".utf8), Array("  ".utf8), []][pick(0..<4)]
    let usesTabs = pick(0..<2) == 0
    lines = lines.map { line in
      let depth = line.prefix { $0 == 0x20 || $0 == 0x09 }
      let text = line.dropFirst(depth.count)
      guard !text.isEmpty else { return [] }
      let inner = usesTabs ? [UInt8](repeating: 0x09, count: depth.count / 4) : Array(depth)
      return indentation + inner + text
    }
  }

  /// As editors, `cat -n`, `grep -n` and agents number lines.
  mutating func number() {
    let style = pick(0..<7)
    lines = lines.enumerated().map { index, line in
      let number = "\(firstLine + index)"
      let padding = String(repeating: " ", count: max(0, 6 - number.utf8.count))
      let prefix =
        switch style {
        case 0: padding + number + "\t"
        case 1: padding + number + "→"
        case 2: number + ": "
        case 3: padding + number + " | "
        case 4: "L\(number): "
        case 5: "\(path):\(number):"
        default: padding + number + "  "
        }
      return Array(prefix.utf8) + line
    }
  }

  /// A hunk in which some of the lines go and others come.
  mutating func makeDiff() {
    var out = [Array("@@ -\(firstLine),\(lines.count) +\(firstLine),\(lines.count) @@".utf8)]
    let isNew = pick(0..<3) == 0
    for line in lines {
      switch pick(0..<10) {
      case 0:
        out.append([UInt8(ascii: "-")] + line)
        out.append([UInt8(ascii: "+")] + Filler.code(&generator))
      case 1: out += [[UInt8(ascii: "+")] + Filler.code(&generator), [UInt8(ascii: " ")] + line]
      default: out.append([isNew ? UInt8(ascii: "+") : UInt8(ascii: " ")] + line)
      }
    }
    lines = out
  }

  mutating func quote() {
    let sign = [Array("> ".utf8), Array(">> ".utf8), Array("| ".utf8)][pick(0..<3)]
    lines = lines.map { sign + $0 }
  }

  mutating func fence() { lines = [Array("```swift".utf8)] + lines + [Array("```".utf8)] }
}

/// Text that is in no file.
enum Filler {
  private static let words = Array(
    """
    please look whether this would still hold once somebody asks twice because yesterday nobody could tell me what \
    happens between both halves although every answer seemed fine until we tried again with larger values
    """.split(separator: " "))

  static func sentence(_ generator: inout Seeded) -> [UInt8] {
    let count = Int.random(in: 4...14, using: &generator)
    return Array(
      (0..<count).map { _ in String(words.randomElement(using: &generator) ?? "so") }.joined(separator: " ").utf8)
      + [UInt8(ascii: ".")]
  }

  static func code(_ generator: inout Seeded) -> [UInt8] {
    let number = UInt32.random(in: 0 ... .max, using: &generator)
    return Array("  let changed\(number) = other(\(number % 977))".utf8)
  }
}
