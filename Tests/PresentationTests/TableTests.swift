import Presentation
import Testing

@Suite("Tables")
struct TableTests {
  static let columns: [Table.Column] = [
    .init("name"), .init("host", ellipsis: .atStart), .init("bytes", .trailing),
  ]

  private func plain(_ table: Table, columns: Int) -> String {
    table.lines(columns: columns).rendered(.plain)
  }

  @Test("text stands left, numbers right, and lines have no trailing spaces")
  func alignment() {
    let table = Table(Self.columns, rows: [["a", "x.example", "12"], ["longer", "y", ""], ["z"]])
    #expect(
      plain(table, columns: 80) == """
        name    host       bytes
        a       x.example     12
        longer  y
        z

        """)
  }

  @Test("wide characters keep the columns in line")
  func wideCharacters() {
    let table = Table(Self.columns, rows: [["日本", "x", "1"], ["ab", "y", "2"]])
    #expect(
      plain(table, columns: 80) == """
        name  host  bytes
        日本  x         1
        ab    y         2

        """)
  }

  @Test("what is too wide loses the start of its host names only")
  func shrinking() {
    let table = Table(Self.columns, rows: [["telemetry", "http-intake.logs.us5.example.com", "1234"]])
    #expect(
      plain(table, columns: 32) == """
        name       host            bytes
        telemetry  …5.example.com   1234

        """)
  }

  @Test("where there is room for everything nothing is cut, and one long cell does not make every line long")
  func uncut() {
    let long = String(repeating: "x", count: 2_000)
    let table = Table([.init("path", ellipsis: .atStart), .init("n")], rows: [[Piece(long), "1"], ["y", "2"]])
    let lines = plain(table, columns: PresentationLimits.unboundedColumns).split(separator: "\n")
    #expect(lines[1] == "\(long)  1")
    #expect(lines[2].hasPrefix("y ") && lines[2].hasSuffix(" 2") && lines[2].count < 200)
  }

  @Test("a control sequence in a cell does not reach the terminal")
  func hostileCell() {
    let table = Table([.init("name")], rows: [[Piece("\u{1B}[2J\u{202E}x\ny")]])
    #expect(plain(table, columns: 80) == "name\n\\u{1B}[2J\\u{202E}x\\ny\n")
  }

  @Test("no line is wider than the terminal, whatever the cells")
  func everythingFits() {
    var source = SplitMix(state: 7)
    let parts = ["a", "example.com", "日本語", "🙂", "\u{1B}[1m", "e\u{301}", " ", String(repeating: "long", count: 300)]
    for _ in 0..<300 {
      let columns = (0..<Int.random(in: 1...7, using: &source)).map { position in
        Table.Column(
          "c\(position)", Bool.random(using: &source) ? .leading : .trailing,
          ellipsis: Ellipsis.allCases.randomElement(using: &source))
      }
      let rows = (0..<Int.random(in: 0...5, using: &source)).map { _ in
        (0..<Int.random(in: 0...9, using: &source)).map { _ in Piece(parts.randomElement(using: &source) ?? "") }
      }
      let room = Int.random(in: 10...110, using: &source)
      for line in Table(columns, rows: rows).lines(columns: room, indentation: 2) {
        #expect(line.width <= room)
      }
    }
  }

  @Test("colour adds control sequences and nothing else")
  func colour() {
    let table = Table([.init("n", ellipsis: .atEnd)], rows: [[Piece("stop", .bad)]])
    #expect(table.lines(columns: 80).rendered(.coloured) == "\u{1B}[2mn\u{1B}[0m\n\u{1B}[31mstop\u{1B}[0m\n")
  }
}
