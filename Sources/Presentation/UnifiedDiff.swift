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
    let label = name.drop { $0 == "/" }
    let head = "--- \(old == nil ? "/dev/null" : "a/\(label)")\n+++ \(new == nil ? "/dev/null" : "b/\(label)")\n"
    return head + hunks.map { hunk($0, edits) }.joined()
  }

  /// Lines shown around each change.
  private static let context = 3
  /// Cells of the table in which the longest common part is found: some 30 MB.
  private static let largestTable = 4_000_000

  private struct Edit {
    let mark: Character
    /// With its line end, where it has one.
    let line: Substring
  }

  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.endIndex
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  private static func edits(from before: [Substring], to after: [Substring]) -> [Edit] {
    let prefix = zip(before, after).prefix { $0 == $1 }.count
    let rest = (before.dropFirst(prefix), after.dropFirst(prefix))
    let suffix = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    let removed = Array(rest.0.dropLast(suffix))
    let added = Array(rest.1.dropLast(suffix))
    return before.prefix(prefix).map { Edit(mark: " ", line: $0) } + middle(removed, added)
      + before.suffix(suffix).map { Edit(mark: " ", line: $0) }
  }

  /// By the longest common subsequence.
  private static func middle(_ removed: [Substring], _ added: [Substring]) -> [Edit] {
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
      "\(edit.mark)\(edit.line)" + (edit.line.last?.isNewline == true ? "" : "\n\\ No newline at end of file\n")
    }
    return "@@ -\(old) +\(new) @@\n" + body.joined()
  }

  /// Where nothing is left, the line before counts (POSIX diff, unified format).
  private static func span(_ before: Int, _ count: Int) -> String {
    count == 1 ? "\(before + 1)" : "\(count == 0 ? before : before + 1),\(count)"
  }
}
