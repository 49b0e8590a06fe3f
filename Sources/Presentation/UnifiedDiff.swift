/// What makes one text of another, in the form that `patch` reads (POSIX diff -u).
package enum UnifiedDiff {
  /// - Parameters:
  ///   - old: `nil` for a file that was not there.
  ///   - new: `nil` for a file that is gone.
  ///   - name: stands behind `a/` and `b/`, as git writes it.
  /// - Returns: nothing where both are the same.
  /// - Complexity: quadratic in the lines between the first and the last difference, up to ``largestTable`` cells; past
  ///   that those lines are given as replaced.
  package static func text(from old: String?, to new: String?, name: String) -> String {
    let before = lines(of: old ?? "")
    let after = lines(of: new ?? "")
    let edits = edits(from: before, to: after)
    let hunks = hunks(edits)
    guard !hunks.isEmpty else { return "" }
    let head =
      "--- \(old == nil ? "/dev/null" : label("a", name))\n+++ \(new == nil ? "/dev/null" : label("b", name))\n"
    return head + hunks.map { hunk($0, edits) }.joined()
  }

  /// A name as it stands behind `a` or `b`; in one in quotes, as git writes an odd one, within them.
  package static func label(_ side: String, _ name: String) -> String {
    name.hasPrefix("\"") ? "\"\(side)/\(name.dropFirst())" : "\(side)/\(name.drop { $0 == "/" })"
  }

  /// Lines shown around each change.
  private static let context = 3
  /// Cells of the table in which the longest common part is found: some 30 MB.
  private static let largestTable = 4_000_000

  /// With its line end, where it has one. Bytes, since texts that are written differently can count as equal.
  private typealias Line = ArraySlice<UInt8>

  private struct Edit {
    let mark: Character
    let line: Line
  }

  private static let lineFeed = UInt8(ascii: "\n")

  private static func lines(of text: String) -> [Line] {
    let bytes = Array(text.utf8)
    var lines: [Line] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: lineFeed).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func edits(from before: [Line], to after: [Line]) -> [Edit] {
    let prefix = zip(before, after).prefix { $0 == $1 }.count
    let rest = (before.dropFirst(prefix), after.dropFirst(prefix))
    let suffix = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    let removed = Array(rest.0.dropLast(suffix))
    let added = Array(rest.1.dropLast(suffix))
    return before.prefix(prefix).map { Edit(mark: " ", line: $0) } + middle(removed, added)
      + before.suffix(suffix).map { Edit(mark: " ", line: $0) }
  }

  /// By the longest common subsequence.
  private static func middle(_ removed: [Line], _ added: [Line]) -> [Edit] {
    let width = added.count + 1
    guard (removed.count + 1) * width <= largestTable else {
      return removed.map { Edit(mark: "-", line: $0) } + added.map { Edit(mark: "+", line: $0) }
    }
    var lengths = [Int32](repeating: 0, count: (removed.count + 1) * width)
    for row in removed.indices.reversed() {
      for column in added.indices.reversed() {
        lengths[row * width + column] =
          removed[row] == added[column]
          ? lengths[(row + 1) * width + column + 1] + 1
          : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var edits: [Edit] = []
    var (row, column) = (0, 0)
    while row < removed.count || column < added.count {
      if row < removed.count, column < added.count, removed[row] == added[column] {
        edits.append(Edit(mark: " ", line: removed[row]))
        (row, column) = (row + 1, column + 1)
      } else if row < removed.count,
        column == added.count || lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]
      {
        edits.append(Edit(mark: "-", line: removed[row]))
        row += 1
      } else {
        edits.append(Edit(mark: "+", line: added[column]))
        column += 1
      }
    }
    return edits
  }

  /// Ranges of edits that are shown together.
  private static func hunks(_ edits: [Edit]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in edits.indices where edits[index].mark != " " {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func hunk(_ range: Range<Int>, _ edits: [Edit]) -> String {
    let old = span(edits[..<range.lowerBound].count { $0.mark != "+" }, edits[range].count { $0.mark != "+" })
    let new = span(edits[..<range.lowerBound].count { $0.mark != "-" }, edits[range].count { $0.mark != "-" })
    let body = edits[range].map { edit in
      "\(edit.mark)\(String(decoding: edit.line, as: UTF8.self))"
        + (edit.line.last == lineFeed ? "" : "\n\\ No newline at end of file\n")
    }
    return "@@ -\(old) +\(new) @@\n" + body.joined()
  }

  /// Where nothing is left, the line before counts (POSIX diff, unified format).
  private static func span(_ before: Int, _ count: Int) -> String {
    count == 1 ? "\(before + 1)" : "\(count == 0 ? before : before + 1),\(count)"
  }
}
