internal import Evidence
internal import Glibc
internal import Testing

@testable internal import OwnTables

/// What is kept of a table, and of which tables.
@Suite struct TableStoreTests {
  private static let iban = "DE89370400440532013000"

  @Test(
    "each form of a table is read",
    arguments: [
      ("t.csv", "name,iban\n\"Berg, \"\"B\"\"\",\"\(iban)\"\r\n"), ("t.csv", "\u{FEFF}iban;name\n\(iban);x"),
      ("t.tsv", "name\tiban\n\"quoted\t\(iban)\n"), ("t.csv", "name|iban\nB|\(iban)\n"),
      ("t.json", "[{\"iban\": \"\(iban)\", \"nested\": {\"a\": 1}}, {\"other\": 1}]"),
      ("t.jsonl", "{\"iban\": \"\(iban)\"}\n\n{\"iban\": null}\n"), ("t.json", " {\"iban\":\"\(iban)\"}"),
      ("t.json", "\u{FEFF}[{\"iban\": \"\(iban)\"}]"), ("t.jsonl", "\u{FEFF}{\"iban\": \"\(iban)\"}\n"),
    ])
  func forms(_ name: String, _ text: String) throws {
    let tables = Tables()
    let table = try tables.index(text, name, columns: ["iban"])
    #expect(table.columns == ["iban"])
    #expect(table.values == 1)
    #expect(try tables.found(in: "a \(Self.iban) b") == [Self.iban])
  }

  @Test("numbers of JSON are values, and columns that are not wanted are not")
  func columns() throws {
    let tables = Tables()
    try tables.index("[{\"account\": 1234567890, \"note\": \"secret-note-77\"}]", "t.json", columns: ["account"])
    #expect(try tables.found(in: "1234567890 secret-note-77") == ["1234567890"])
    try tables.index("[{\"account\": 1234567890, \"note\": \"secret-note-77\"}]", "all.json")
    #expect(try tables.found(in: "secret-note-77") == ["secret-note-77"])
  }

  @Test("a number too long for JSON's numbers is refused, not left out")
  func longNumbers() throws {
    let tables = Tables()
    for number in ["9007199254740993", "89370400440532013000"] {
      do {
        try tables.index("[{\"account\": \(number)}]", "t.json")
        Issue.record("it is read")
      } catch {
        #expect("\(error)".contains("as text"), "\(error)")
        #expect(!"\(error)".contains(number))
      }
    }
    try tables.index(
      "[{\"account\": \"x\", \"rate\": 9007199254740993.5e3, \"part\": 0.25}]", "t.json", columns: ["account"])
  }

  @Test("a table without a head is refused, and its values are not told")
  func noHead() throws {
    let tables = Tables()
    for (name, text) in [
      ("t.csv", "alice@example.com,Alice\nbob@example.com,Bob\n"), ("t.csv", "Alice,\(Self.iban)\nBob,1\n"),
      ("t.csv", "Alice,+49 30 12345678\n"), ("t.json", "[{\"alice@example.com\": \"Alice\"}]"),
      ("t.jsonl", "{\"\(Self.iban)\": \"Alice\"}\n"),
    ] {
      for columns in [nil, ["mail"]] {
        do {
          try tables.index(text, name, columns: columns)
          Issue.record("it is read")
        } catch {
          #expect("\(error)".contains("head"), "\(error)")
          for value in ["alice", "DE89", "12345678"] { #expect(!"\(error)".contains(value)) }
        }
      }
    }
    try tables.index("address_line_1,sha256_checksum,revenue_2024_2025,Customer account number\n1,2,3,4\n")
  }

  @Test("a quote that is never closed and text that is no UTF-8 are refused")
  func broken() throws {
    let tables = Tables()
    for (bytes, word) in [
      (Array("iban,note\n\"open,1\n\(Self.iban),2\n".utf8), "quote"),
      (Array("name\nM".utf8) + [0xfc] + Array("ller-Schmidt\n".utf8), "UTF-8"),
    ] {
      do {
        _ = try tables.store.index(tables.write(bytes))
        Issue.record("it is read")
      } catch { #expect("\(error)".contains(word), "\(error)") }
    }
  }

  @Test("what is in UTF-16, or no text, is told as what it is")
  func notUTF8() throws {
    let tables = Tables()
    let text = "iban,note\n\(Self.iban),2\n"
    let little = text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    for (bytes, words) in [
      ([0xff, 0xfe] + little, "iconv -f UTF-16 "), ([0xfe, 0xff] + big, "iconv -f UTF-16 "),
      (little, "iconv -f UTF-16LE "), (big, "iconv -f UTF-16BE "),
      (Array("PK\u{3}\u{4}".utf8) + [0x14, 0, 0, 0, 8, 0x80, 0x90, 0], "is binary"),
    ] as [([UInt8], String)] {
      let error = #expect(throws: TableError.self) { try tables.store.index(tables.write(bytes)) }
      #expect(error.map { "\($0)".contains(words) } == true, "\(words): \(String(describing: error))")
    }
  }

  @Test("a short address of mail is no column's name either")
  func shortAddress() throws {
    let tables = Tables()
    let error = #expect(throws: TableError.self) { try tables.index("a@b.de,c,d\n") }
    #expect(error.map { "\($0)".contains("head") && !"\($0)".contains("a@b.de") } == true)
    try tables.index("a@b,@,c@,x\nAchterberg,1,2,3\n")
  }

  @Test("a column that is not there is named with those that are")
  func absentColumn() {
    let tables = Tables()
    for (name, text) in [("t.csv", "mail,iban\na,b\n"), ("t.jsonl", "{\"mail\": \"a\", \"iban\": \"b\"}\n")] {
      do {
        try tables.index(text, name, columns: ["email"])
        Issue.record("it is read")
      } catch {
        #expect("\(error)".contains("has no column 'email'"), "\(error)")
        #expect("\(error)".contains("iban"), "\(error)")
      }
    }
  }

  @Test("nothing of the table stands in what is kept, but names of columns")
  func kept() throws {
    let tables = Tables()
    try tables.index("iban,name\n\(Self.iban),Wilhelmina Achterberg\n")
    var bytes: [UInt8] = []
    for name in try #require(Tables.files(in: tables.directory + "/store")) {
      bytes += Tables.bytes(of: "\(tables.directory)/store/\(name)")
    }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    #expect(text.contains("iban"))
    for part in ["de8937", "wilhelmina", "achterberg"] { #expect(!text.contains(part)) }
  }

  @Test("a table that did not change is not read again; one that did is, with its columns, name and class")
  func refresh() throws {
    let tables = Tables()
    let path = tables.write("iban,note\n\(Self.iban),some-long-note-1\n")
    let first = try tables.store.index(path, columns: ["iban"], name: "accounts", dataClass: .financial)
    #expect(first.wasRead)
    #expect(try !tables.store.index(path).wasRead)
    #expect(try tables.store.index(path, columns: ["note"]).wasRead)
    #expect(try tables.store.index(path, columns: ["iban"]).wasRead)
    _ = tables.write("iban,note\nGB82WEST12345698765432,some-long-note-2\n")
    let second = try tables.store.index(path)
    #expect(second.wasRead)
    #expect(second.table.name == "accounts")
    #expect(second.table.dataClass == .financial)
    #expect(try tables.found(in: "\(Self.iban) GB82WEST12345698765432 some-long-note-2") == ["GB82WEST12345698765432"])
  }

  @Test("a table is forgotten by its path or its name")
  func forget() throws {
    let tables = Tables()
    let path = tables.write("iban\n\(Self.iban)\n")
    _ = try tables.store.index(path, name: "accounts")
    #expect(try tables.store.forget(named: "accounts"))
    #expect(try !tables.store.forget(named: "accounts"))
    _ = try tables.store.index(path)
    #expect(try tables.store.forget(path))
    #expect(tables.store.indexes().indexes.isEmpty)
    #expect(try tables.found(in: Self.iban) == [])
  }

  @Test("a path forgets no table that has its name, and a name that two have forgets none")
  func forgetNames() throws {
    let tables = Tables()
    for file in ["a.csv", "b.csv"] {
      _ = try tables.store.index(tables.write("iban\n\(Self.iban)\n", file), name: "customers")
    }
    #expect(try !tables.store.forget("customers"))
    #expect(throws: TableError.self) { try tables.store.forget(named: "customers") }
    #expect(tables.store.indexes().indexes.count == 2)
    #expect(try tables.store.forget(tables.directory + "/a.csv"))
    #expect(try tables.store.forget(named: "customers"))
    #expect(try !tables.store.forget(named: "customers"))
  }

  @Test("an index in which one bit changed is not used", arguments: [0, 9, 40, 200, 400])
  func damaged(_ place: Int) throws {
    let tables = Tables()
    try tables.index("iban\n\(Self.iban)\n")
    let name = try #require(Tables.files(in: tables.directory + "/store")?.first)
    let path = "\(tables.directory)/store/\(name)"
    var bytes = Tables.bytes(of: path)
    bytes[place % bytes.count] ^= 4
    let file = open(path, O_WRONLY | O_TRUNC)
    _ = write(file, bytes, bytes.count)
    close(file)
    #expect(tables.store.indexes().problems.map(\.code) == [.damaged])
  }

  @Test("what is no table is told, and what is not there", arguments: ["[1, 2]", "{\"a\": ", "[{\"a\"", ""])
  func malformed(_ text: String) throws {
    let tables = Tables()
    #expect(throws: TableError.self) { try tables.index(text) }
    do {
      _ = try tables.store.index(tables.directory + "/absent.csv")
    } catch {
      #expect(error.code == .missing)
    }
  }

  @Test("no row is longer than a megabyte")
  func longRow() {
    let tables = Tables()
    do {
      try tables.index("a\n\"" + String(repeating: "x", count: 1 << 20))
      Issue.record("it is read")
    } catch {
      #expect("\(error)".contains("more than a megabyte"))
    }
  }
}

extension Tables {
  static func files(in directory: String) -> [String]? {
    guard let handle = opendir(directory) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  static func bytes(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - max(0, read(file, &bytes, bytes.count)))
    return bytes
  }

  @Test("a place that cannot be looked into is no empty one")
  func notADirectory() throws {
    let tables = Tables()
    let place = tables.write("no directory", "file")
    #expect(!TableStore.isEmpty(place))
    #expect(throws: TableError.self) { try TableStore(directory: place, key: Tables.key(1)).tables() }
    #expect(TableStore.isEmpty(place + "-that-is-not-there"))
  }
}
