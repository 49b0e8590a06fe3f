/// Joins the strings of a list that code sets together with nothing between them: `["a", "b"].join("")` of JavaScript and
/// Ruby, `"".join(["a", "b"])` of Python, and calls of `concat`, `paste0` and `strcat`.
struct JoinDecoder {
  private var child: DecodedView?
  private var next = 0
  private var isTooDeep = false

  /// Of a list so much is read.
  private static let longestList = 4 * 1024
  /// What stands before the bracket of a list that is joined behind it, and of a call whose arguments are.
  private static let before = ["\"\".join(", "''.join("].map { Array($0.utf8) }
  private static let calls = ["concat(", "CONCAT(", "Concat(", "paste0(", "strcat("].map { Array($0.utf8) }
  private static let behind = ["].join(", "].Join("].map { Array($0.utf8) }
  private static let empty = ["\"\")", "'')", "``)"].map { Array($0.utf8) }

  // The list before a call is among the bytes that every view keeps.
  var needed: Int { next }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    while let bracket = view.window.first(UInt8(ascii: "("), from: next, to: end) {
      let text = ViewText(view, upTo: end)
      if Self.behind.contains(where: { text.ends($0, at: bracket + 1) }) {
        guard isLast || bracket + 4 <= end else { return next = bracket }
        if Self.empty.contains(where: { text.begins($0, at: bracket + 1) }) {
          write(text.strings(before: bracket + 1 - Self.behind[0].count), view)
        }
      } else if Self.before.contains(where: { text.ends($0, at: bracket + 1) })
        || Self.calls.contains(where: { text.ends($0, at: bracket + 1) })
      {
        guard let strings = text.strings(after: bracket + 1, isLast: isLast) else { return next = bracket }
        write(strings, view)
      }
      next = bracket + 1
      if isTooDeep { break }
    }
    next = end
  }

  private mutating func write(_ strings: [Range<Int>], _ view: DecodedView) {
    guard strings.count > 1 else { return }
    guard let child = child ?? view.makeChild("concatenation", at: strings[0].lowerBound) else {
      isTooDeep = true
      return
    }
    self.child = child
    child.writeSeparator()
    for string in strings where !string.isEmpty {
      child.map.append(.init(view: child.end, parent: string.lowerBound, kind: .escape(decoded: 0, encoded: 0)))
      child.write(view.window.bytes + (string.lowerBound - view.window.base), string.count)
    }
  }

  /// The bytes of a view that are in memory.
  private struct ViewText {
    let bytes: UnsafePointer<UInt8>
    let base: Int
    let end: Int

    init(_ view: DecodedView, upTo end: Int) {
      base = view.window.base
      bytes = UnsafePointer(view.window.bytes - base)
      self.end = end
    }

    func begins(_ word: [UInt8], at position: Int) -> Bool {
      position + word.count <= end && word.indices.allSatisfy { bytes[position + $0] == word[$0] }
    }

    func ends(_ word: [UInt8], at position: Int) -> Bool {
      position - word.count >= base && word.indices.allSatisfy { bytes[position - word.count + $0] == word[$0] }
    }

    private func isBetween(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d || byte == UInt8(ascii: ",")
    }

    /// The strings of a list that begins there, or that are a call's arguments.
    ///
    /// - Returns: `nil` where the list goes on in bytes to come.
    func strings(after start: Int, isLast: Bool) -> [Range<Int>]? {
      var strings: [Range<Int>] = []
      var index = start
      if index < end, bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "(") { index += 1 }
      let limit = start + JoinDecoder.longestList
      while index < min(end, limit) {
        if isBetween(bytes[index]) {
          index += 1
        } else if Escape.isQuote(bytes[index]) {
          guard let close = closing(from: index, to: min(end, limit)) else { break }
          strings.append(index + 1..<close)
          index = close + 1
        } else {
          return strings
        }
      }
      return index < limit && end < limit && !isLast ? nil : strings
    }

    private func closing(from open: Int, to limit: Int) -> Int? {
      var index = open + 1
      while index < limit, bytes[index] != bytes[open] {
        if bytes[index] == 0x0a { return nil }
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      return index < limit ? index : nil
    }

    /// The strings of a list whose closing bracket is there.
    func strings(before bracket: Int) -> [Range<Int>] {
      var strings: [Range<Int>] = []
      var index = bracket
      let limit = max(base, bracket - JoinDecoder.longestList)
      while index > limit {
        let byte = bytes[index - 1]
        if isBetween(byte) {
          index -= 1
        } else if Escape.isQuote(byte) {
          var open = index - 1
          while open > limit, bytes[open - 1] != byte { open -= 1 }
          guard open > limit else { break }
          strings.append(open..<index - 1)
          index = open - 1
        } else {
          break
        }
      }
      return strings.reversed()
    }
  }
}
