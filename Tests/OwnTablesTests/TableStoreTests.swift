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
    #expect(try tables.store.forget("accounts"))
    #expect(try !tables.store.forget("accounts"))
    _ = try tables.store.index(path)
    #expect(try tables.store.forget(path))
    #expect(tables.store.indexes().indexes.isEmpty)
    #expect(try tables.found(in: Self.iban) == [])
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
}
