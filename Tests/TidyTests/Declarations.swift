/// Where functions, and what bears a body like them, begin and end.
struct Declarations {
  struct Body: Hashable {
    let name: String
    /// One-based.
    let line: Int
    let lineCount: Int
  }

  let bodies: [Body]

  init(_ text: SwiftText) {
    var scanner = Scanner(code: text.code)
    var bodies: [Body] = []
    while let keyword = scanner.nextDeclaration() {
      guard let endLine = scanner.lastLine(of: keyword) else { continue }
      bodies.append(Body(name: scanner.name(after: keyword), line: keyword.line, lineCount: endLine - keyword.line + 1))
    }
    self.bodies = bodies
  }
}

extension Declarations {
  struct Keyword {
    let word: String
    /// Of the byte after the word.
    let end: Int
    let line: Int
  }

  private struct Scanner {
    let code: [UInt8]
    var position = 0
    var line = 1

    private static let words: Set<String> = ["func", "init", "deinit", "subscript", "var"]

    mutating func nextDeclaration() -> Keyword? {
      while position < code.count {
        let byte = code[position]
        guard Self.isWordByte(byte) else {
          if byte == UInt8(ascii: "\n") { line += 1 }
          position += 1
          continue
        }
        let start = position
        while position < code.count, Self.isWordByte(code[position]) { position += 1 }
        guard position - start <= 9, start == 0 || code[start - 1] != UInt8(ascii: ".") else { continue }
        let word = String(decoding: code[start..<position], as: UTF8.self)
        if Self.words.contains(word) { return Keyword(word: word, end: position, line: line) }
      }
      return nil
    }

    /// Where the braces that belong to a declaration end; `nil` where it has none: a requirement, a stored property.
    func lastLine(of keyword: Keyword) -> Int? {
      var index = keyword.end
      var depth = 0
      while index < code.count {
        switch code[index] {
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "{") where depth == 0: return endOfBraces(from: index, of: keyword)
        case UInt8(ascii: "}") where depth == 0: return nil
        case UInt8(ascii: "=") where depth == 0 && keyword.word == "var": return nil
        case UInt8(ascii: "\n") where depth == 0 && !goesOn(after: index): return nil
        default: break
        }
        if depth < 0 { return nil }
        index += 1
      }
      return nil
    }

    private func endOfBraces(from start: Int, of keyword: Keyword) -> Int? {
      var depth = 0
      var line = keyword.line + code[keyword.end..<start].count { $0 == UInt8(ascii: "\n") }
      for index in start..<code.count {
        switch code[index] {
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"):
          depth -= 1
          if depth == 0 { return line }
        case UInt8(ascii: "\n"): line += 1
        default: break
        }
      }
      return nil
    }

    /// Whether the signature continues on the next line.
    private func goesOn(after newline: Int) -> Bool {
      if let last = code[..<newline].last(where: { $0 != UInt8(ascii: " ") }),
        [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "&")].contains(last)
      {
        // `-> T>` may end a requirement as well; then the next line decides.
        if last != UInt8(ascii: ">") { return true }
      }
      let rest = code[newline...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.prefix(9)
      let next = String(decoding: rest, as: UTF8.self)
      return ["{", "->", "throws", "async", "where", "rethrows", "("].contains { next.hasPrefix($0) }
    }

    func name(after keyword: Keyword) -> String {
      guard keyword.word == "func" || keyword.word == "var" else { return keyword.word }
      let rest = code[keyword.end...].drop { $0 == UInt8(ascii: " ") }
      return String(
        decoding: rest.prefix { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") },
        as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
  }
}
