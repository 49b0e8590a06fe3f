/// A number for each line, 0 at first. Takes memory where lines have one: a page for some lines beside each other.
struct LineMarks {
  /// For each page where it is among those of ``blocks``, plus one; 0 for a page without marks.
  private var pages: [UInt32] = []
  private var used: UInt32 = 0
  /// Never moved as there are more.
  private var blocks: [ContiguousArray<UInt32>] = []

  private static let pageBits: UInt32 = 8
  private static let blockPageBits: UInt32 = 6
  private static let blockLines = 1 << Int(pageBits + blockPageBits)

  subscript(line: UInt32) -> UInt32 {
    let page = Int(line >> Self.pageBits)
    guard page < pages.count, pages[page] > 0 else { return 0 }
    let (block, place) = Self.place(line, pages[page])
    return blocks[block][place]
  }

  /// Gives the line a number, unless it has one.
  ///
  /// - Returns: the number that it has now.
  mutating func mark(_ line: UInt32, _ number: UInt32) -> UInt32 {
    let page = Int(line >> Self.pageBits)
    if page >= pages.count { pages.append(contentsOf: repeatElement(0, count: page + 1 - pages.count)) }
    if pages[page] == 0 { add(page) }
    let (block, place) = Self.place(line, pages[page])
    if blocks[block][place] == 0 { blocks[block][place] = number }
    return blocks[block][place]
  }

  private mutating func add(_ page: Int) {
    if used >> Self.blockPageBits == blocks.count {
      blocks.append(ContiguousArray(repeating: 0, count: Self.blockLines))
    }
    used += 1
    pages[page] = used
  }

  @inline(__always)
  private static func place(_ line: UInt32, _ page: UInt32) -> (block: Int, place: Int) {
    let number = page - 1
    return (
      Int(number >> blockPageBits),
      Int((number & (1 << blockPageBits - 1)) << pageBits | line & (1 << pageBits - 1))
    )
  }
}
