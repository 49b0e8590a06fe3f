internal import Evidence
internal import Testing

@testable internal import OwnTables

/// What is found of a table in a text.
@Suite struct TableScanTests {
  private static let customers = """
    id,first,last,email,iban,phone,city
    1,Wilhelmina,Achterberg,w.achterberg@mail.example,DE89 3704 0044 0532 0130 00,+49 (30) 12-34-56-78,Lauenburg
    2,Balthasar,Quendel,bq@firm.example.org,GB82 WEST 1234 5698 7654 32,0049 40 99887766,Gifhorn
    3,Éloïse,Tournepierre,eloise.t@mail.example,FR14 2004 1010 0505 0001 3M02 606,+33 1 23 45 67 89,Nevers
    """

  private func found(_ text: String, _ blocks: Int = .max) throws -> [String] {
    let tables = Tables()
    try tables.index(Self.customers)
    return try tables.found(in: text, inBlocksOf: blocks)
  }

  @Test("an address, an account and a number that stand in one row are found however they are written")
  func telling() throws {
    #expect(try found("mail W.Achterberg@mail.example today") == ["W.Achterberg@mail.example"])
    #expect(try found("to DE89370400440532013000.") == ["DE89370400440532013000"])
    #expect(try found("GB82-WEST-1234-5698-7654-32") == ["GB82-WEST-1234-5698-7654-32"])
    #expect(try found("call 0049 30 12345678 now") == ["0049 30 12345678"])
    #expect(try found("call +49/40/99887766") == ["49/40/99887766"])
  }

  @Test("a word alone is nothing, a short value is nothing, and a part of a value is nothing")
  func nothing() throws {
    #expect(try found("Wilhelmina and the rest") == [])
    #expect(try found("Quendel is a herb; Nevers a town") == [])
    #expect(try found("DE89 3704 0044 0532 0130 and DE893704004405320130001") == [])
    #expect(try found("w.achterberg@mail") == [])
  }

  @Test("two cells of one row near each other are a row where one says something alone")
  func rows() throws {
    #expect(try found("Achterberg: DE89370400440532013000") == ["Achterberg!", "DE89370400440532013000!"])
    let apart = "DE89370400440532013000" + String(repeating: " and", count: 100) + " Achterberg"
    #expect(try found(apart) == ["DE89370400440532013000"])
    #expect(try found("Quendel pays from DE89370400440532013000") == ["DE89370400440532013000"])
  }

  @Test("two names of one row are worth less than three")
  func names() throws {
    #expect(try found("Wilhelmina Achterberg") == ["Wilhelmina", "Achterberg"])
    #expect(try found("Wilhelmina Achterberg of Lauenburg") == ["Wilhelmina!", "Achterberg!", "Lauenburg!"])
    #expect(try found("Wilhelmina Quendel") == [])
  }

  @Test("letters beyond ASCII are found as written, small, and in capitals")
  func letters() throws {
    for name in ["Éloïse", "éloïse", "ÉLOÏSE"] {
      #expect(try found("\(name) Tournepierre") == [name, "Tournepierre"], "\(name)")
    }
  }

  @Test("what is common in the table is not looked for")
  func common() throws {
    let tables = Tables()
    let rows = (0..<20).map {
      "row\($0)x@firm.example,Hauptstrasse \($0 % 2 == 0 ? "Nummer 12345" : "Nummer 999\($0)")"
    }
    try tables.index("mail,street\n" + rows.joined(separator: "\n"))
    #expect(try tables.found(in: "at Hauptstrasse Nummer 12345") == [])
    #expect(try tables.found(in: "at Hauptstrasse Nummer 9993") == ["Hauptstrasse Nummer 9993"])
  }

  @Test("whatever the blocks that a text comes in, the same is found", arguments: [1, 2, 7, 64, 1000])
  func blocks(_ count: Int) throws {
    let text = String(
      repeating: "x Wilhelmina Achterberg\0, DE89 3704 0044 0532 0130 00; 0049 30 12345678\n"
        + "bq@firm.example.org Quendel …… \(String(repeating: "z", count: 300)) Tournepierre\n", count: 20)
    let whole = try found(text)
    #expect(whole.count > 60)
    #expect(try found(text, count) == whole)
  }

  @Test(
    "whatever the blocks, signs of several bytes separate and end words alike", arguments: [1, 2, 3, 5, 64, 256, 300])
  func blocksOfSigns(_ count: Int) throws {
    let long = String(repeating: "z", count: 256) + "DE89370400440532013000"
    let text = String(
      repeating: "“bq@firm.example.org” DE89\u{202F}3704\u{2011}0044\u{A0}0532 0130 00。邮箱bq@firm.example.org联系 \(long) "
        + "\(String(repeating: "邮", count: 100))bq@firm.example.org\u{2028}é\n", count: 9)
    let whole = try found(text)
    #expect(whole.count == 36)
    #expect(try found(text, count) == whole)
  }

  @Test("a run of letters is no shorter for where a block ends", arguments: [1, 255, 256, 257, 1000])
  func longRun(_ count: Int) throws {
    #expect(try found(String(repeating: "z", count: 256) + "DE89370400440532013000", count) == [])
  }

  @Test("signs beyond ASCII stand beside a value and within it, and are no part of it")
  func signs() throws {
    for (text, value) in [
      ("“bq@firm.example.org”", "bq@firm.example.org"), ("邮箱：bq@firm.example.org。", "bq@firm.example.org"),
      ("•DE89370400440532013000…", "DE89370400440532013000"), ("邮箱bq@firm.example.org联系", "bq@firm.example.org"),
      ("📧bq@firm.example.org", "bq@firm.example.org"),
      ("（DE89370400440532013000）", "DE89370400440532013000"),
    ] { #expect(try found(text) == [value], "\(text)") }
    for gap in ["\u{A0}", "\u{202F}", "\u{2011}", "\u{3000}"] {
      let account = ["DE89", "3704", "0044", "0532", "0130", "00"].joined(separator: gap)
      #expect(try found("to \(account).") == [account])
      let tables = Tables()
      try tables.index("iban\n\(account)\n")
      #expect(try tables.found(in: "DE89370400440532013000") == ["DE89370400440532013000"])
    }
    #expect(try found("éDE89370400440532013000") == [])
  }

  @Test("nothing is needed for long where no word comes", arguments: [" ", ".", "a", "é", "\u{2003}"])
  func bounded(_ filler: String) throws {
    let tables = Tables()
    try tables.index(Self.customers)
    for start in ["x", "x DE89370400440532013000 "] {
      let text = start + String(repeating: filler, count: 20_000)
      #expect(try tables.scanned(text, inBlocksOf: 1000).mostHeld < 5000)
    }
  }

  @Test("the other cell is not lost after hundreds of finds")
  func crowd() throws {
    let tables = Tables()
    try tables.index("a,b\nAbcdef,Ghijkl\nMnopqr,\n")
    for count in [255, 256, 257, 258, 600] {
      let fillers = String(repeating: "Mnopqr ", count: count)
      let more = String(repeating: "Mnopqr ", count: 900)
      #expect(try tables.found(in: fillers + "Abcdef Ghijkl " + more) == ["Abcdef", "Ghijkl"], "\(count)")
    }
  }

  @Test("a longer value that says nothing alone does not hide one that does")
  func within() throws {
    let tables = Tables()
    try tables.index(
      "mail,note\nbq@firm.example.org,Kunde bq@firm.example.org\nnobody@firm.example,Kunde bq@firm.example.org\n")
    #expect(try tables.found(in: "Kunde bq@firm.example.org") == ["bq@firm.example.org"])
  }

  @Test("cells of two rows are no three of one")
  func twoRows() throws {
    let tables = Tables()
    try tables.index("first,last\nWalter,Becker\nWalter,Schmidt\n")
    #expect(
      try tables.found(in: "Walter Becker, Walter Schmidt") == ["Walter", "Becker", "Walter", "Schmidt"])
  }

  @Test("no value goes over what separates two texts")
  func separator() throws {
    #expect(try found("DE89 3704 0044\0 0532 0130 00") == [])
  }

  @Test("under another key nothing is found, and an index of another key is not opened")
  func keys() throws {
    let tables = Tables()
    try tables.index(Self.customers)
    let other = TableStore(directory: tables.directory + "/store", key: Tables.key(2))
    #expect(other.indexes().problems.map(\.code) == [.damaged])
    #expect(throws: TableError.self) { try other.tables() }
  }
}
