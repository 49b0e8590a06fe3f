/// Swift source with its comments and the words in its string literals taken out, so that what is left is code.
///
/// Interpolations stay, being code. Bare regular expression literals (`/…/`) are not recognised.
struct SwiftText {
  /// The source's bytes, the ones that are not code replaced by spaces; every line keeps its number and length.
  private(set) var code: [UInt8]
  /// Zero-based numbers of the lines with a comment on them.
  private(set) var commentedLines: Set<Int> = []
  let source: [Substring]
  /// ``code``, line by line.
  private(set) var lines: [Substring] = []

  init(_ text: String) {
    source = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = Array(text.utf8)
    blankWhatIsNoCode()
    lines = String(decoding: code, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private enum Mode {
    /// Code, in so many parentheses since an interpolation began.
    case code(parentheses: Int)
    case string(hashes: Int, isMultiline: Bool)
  }

  private mutating func blankWhatIsNoCode() {
    var modes: [Mode] = [.code(parentheses: 0)]
    var position = 0
    var line = 0
    while position < code.count {
      if code[position] == UInt8(ascii: "\n") { line += 1 }
      switch modes[modes.count - 1] {
      case .code(let parentheses):
        if starts("//", at: position) {
          commentedLines.insert(line)
          while position < code.count, code[position] != UInt8(ascii: "\n") { blank(&position) }
        } else if starts("/*", at: position) {
          blankBlockComment(&position, &line)
        } else if let (hashes, isMultiline) = stringStart(at: position) {
          position += hashes + (isMultiline ? 3 : 1)
          modes.append(.string(hashes: hashes, isMultiline: isMultiline))
        } else {
          step(over: code[position], parentheses, in: &modes)
          position += 1
        }
      case .string(let hashes, let isMultiline):
        if starts(delimiter(hashes, isMultiline), at: position) {
          position += hashes + (isMultiline ? 3 : 1)
          modes.removeLast()
        } else if starts("\\" + String(repeating: "#", count: hashes) + "(", at: position) {
          for _ in 0...hashes { blank(&position) }
          position += 1
          modes.append(.code(parentheses: 1))
        } else if starts("\\" + String(repeating: "#", count: hashes), at: position) {
          for _ in 0...(hashes + 1) where position < code.count && code[position] != UInt8(ascii: "\n") {
            blank(&position)
          }
        } else if !isMultiline, code[position] == UInt8(ascii: "\n") {
          // Unfinished: the compiler says so, and this scan goes on with the next line.
          modes.removeLast()
          position += 1
        } else {
          blank(&position)
        }
      }
    }
  }

  private func step(over byte: UInt8, _ parentheses: Int, in modes: inout [Mode]) {
    guard modes.count > 1 else { return }
    if byte == UInt8(ascii: "(") { modes[modes.count - 1] = .code(parentheses: parentheses + 1) }
    if byte == UInt8(ascii: ")") {
      if parentheses == 1 { modes.removeLast() } else { modes[modes.count - 1] = .code(parentheses: parentheses - 1) }
    }
  }

  private mutating func blankBlockComment(_ position: inout Int, _ line: inout Int) {
    var depth = 0
    repeat {
      commentedLines.insert(line)
      if starts("/*", at: position) {
        depth += 1
        blank(&position)
      } else if starts("*/", at: position) {
        depth -= 1
        blank(&position)
      } else if code[position] == UInt8(ascii: "\n") {
        line += 1
      }
      blank(&position)
    } while depth > 0 && position < code.count
  }

  private func stringStart(at position: Int) -> (hashes: Int, isMultiline: Bool)? {
    guard code[position] == UInt8(ascii: "\"") || code[position] == UInt8(ascii: "#") else { return nil }
    let hashes = code[position...].prefix { $0 == UInt8(ascii: "#") }.count
    guard starts("\"", at: position + hashes) else { return nil }
    return (hashes, starts("\"\"\"", at: position + hashes))
  }

  private func delimiter(_ hashes: Int, _ isMultiline: Bool) -> String {
    (isMultiline ? "\"\"\"" : "\"") + String(repeating: "#", count: hashes)
  }

  private func starts(_ text: String, at position: Int) -> Bool {
    var position = position
    for byte in text.utf8 {
      guard position < code.count, code[position] == byte else { return false }
      position += 1
    }
    return true
  }

  private mutating func blank(_ position: inout Int) {
    if position < code.count, code[position] != UInt8(ascii: "\n") { code[position] = UInt8(ascii: " ") }
    position += 1
  }
}
