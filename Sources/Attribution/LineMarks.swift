/// A number for each line, 0 at first. Takes memory where lines have one: a page for a thousand lines beside each other.
struct LineMarks {
  private var pages: [UInt32: [UInt32]] = [:]

  private static let pageBits: UInt32 = 10

  subscript(line: UInt32) -> UInt32 {
    get {
      guard let page = pages[line >> Self.pageBits] else { return 0 }
      return page[Int(line & (1 << Self.pageBits - 1))]
    }
    set {
      pages[line >> Self.pageBits, default: [UInt32](repeating: 0, count: 1 << Self.pageBits)][
        Int(line & (1 << Self.pageBits - 1))] = newValue
    }
  }
}
