/// Shares the lines of a screen between lists that would like more.
///
/// Each list shows whole entries from its start; one that cannot show all spends a line on saying how many are left.
/// Lists take turns, so a long one never silences a short one.
struct ScreenBudget {
  /// For each list the lines that each of its entries takes.
  let heights: [[Int]]

  /// - Parameter favoured: entries that the first list may show before the lists take turns.
  /// - Returns: for each list how many entries to show, in at most so many lines in all, if that is possible at all.
  func shown(in lines: Int, favoured: Int) -> [Int] {
    var shown = heights.map { _ in 0 }
    var spent = heights.indices.reduce(0) { $0 + cost(of: $1, showing: 0) }
    if let first = heights.first {
      let head = (0...min(favoured, first.count)).last { count in
        spent - cost(of: 0, showing: 0) + cost(of: 0, showing: count) <= lines
      }
      shown[0] = head ?? 0
      spent += cost(of: 0, showing: shown[0]) - cost(of: 0, showing: 0)
    }
    var open = Array(heights.indices)
    while !open.isEmpty {
      open = open.filter { list in
        guard shown[list] < heights[list].count else { return false }
        // Showing one more may be dearer than the rest together: the last entry replaces the line about it.
        for next in (shown[list] + 1)...heights[list].count {
          let more = cost(of: list, showing: next) - cost(of: list, showing: shown[list])
          guard spent + more <= lines else { continue }
          shown[list] = next
          spent += more
          return true
        }
        return false
      }
    }
    return shown
  }

  private func cost(of list: Int, showing count: Int) -> Int {
    heights[list].prefix(count).reduce(0, +) + (count < heights[list].count ? 1 : 0)
  }
}
