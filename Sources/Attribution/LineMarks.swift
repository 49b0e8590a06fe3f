/// A number for each line, 0 at first. Takes memory where lines have one: a page for a thousand lines beside each other.
struct LineMarks {
  /// For each page where it begins in ``marks``, plus one; 0 for a page without marks.
  private var pages: [UInt32] = []
  private var marks: [UInt32] = []

  private static let pageBits: UInt32 = 10
  private static let pageLines = 1 << pageBits

  subscript(line: UInt32) -> UInt32 {
    let page = Int(line >> Self.pageBits)
    guard page < pages.count, pages[page] > 0 else { return 0 }
    return marks[Self.place(line, pages[page])]
  }

  /// Gives the line a number, unless it has one.
  ///
  /// - Returns: the number that it has now.
  mutating func mark(_ line: UInt32, _ number: UInt32) -> UInt32 {
    let page = Int(line >> Self.pageBits)
    if page >= pages.count { pages += [UInt32](repeating: 0, count: page + 1 - pages.count) }
    if pages[page] == 0 {
      pages[page] = UInt32(marks.count / Self.pageLines) + 1
      marks += [UInt32](repeating: 0, count: Self.pageLines)
    }
    let place = Self.place(line, pages[page])
    if marks[place] == 0 { marks[place] = number }
    return marks[place]
  }

  @inline(__always)
  private static func place(_ line: UInt32, _ page: UInt32) -> Int {
    Int(page - 1) * pageLines + (Int(line) & (pageLines - 1))
  }
}
