internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// Tables of people and of payments are told as what they are.
@Suite struct RecordTests {
  private struct Customer {
    let name: String
    let email: String
    let phone: String
    let iban: String

    init(_ number: Int, _ source: inout Seeded) {
      name = "Person \(number)"
      email = "p\(number)@posteo.de"
      phone = "+4930\(Int.random(in: 1_000_000...9_999_999, using: &source))"
      let account = Int.random(in: 1_000_000_000...9_999_999_999, using: &source)
      // 37040044 and ten digits, then DE00: ISO 7064 MOD 97-10, a part at a time.
      let rest = "37040044\(account)131400".utf8.reduce(0) { ($0 * 10 + Int($1 - 0x30)) % 97 }
      let check = 98 - rest
      iban = "DE\(check < 10 ? "0" : "")\(check)37040044\(account)"
    }
  }

  private static func customers(_ count: Int) -> [Customer] {
    var source = Seeded(7)
    return (0..<count).map { Customer($0, &source) }
  }

  private static func delimited(_ customers: [Customer], by sign: String) -> [UInt8] {
    let head = ["name", "email", "phone", "iban"].joined(separator: sign) + "\n"
    let rows = customers.map { [$0.name, $0.email, $0.phone, $0.iban].joined(separator: sign) + "\n" }
    return Array((head + rows.joined()).utf8)
  }

  private static func objects(_ customers: [Customer]) -> [String] {
    customers.map { customer in
      #"{"name": "\#(customer.name)", "email": "\#(customer.email)", "phone": "\#(customer.phone)", "iban": "\#(customer.iban)"}"#
    }
  }

  private static func json(_ customers: [Customer]) -> [UInt8] {
    Array("[\(objects(customers).joined(separator: ", "))]".utf8)
  }

  private static func tables(_ body: [UInt8], _ content: ContentDescription = .none) throws -> [Finding] {
    try inspect(body, content).findings.filter { $0.table != nil }
  }

  @Test("a table of customers is one finding with the number of its records, in every form")
  func forms() throws {
    let customers = Self.customers(40)
    let lines = Array((Self.objects(customers).joined(separator: "\n") + "\n").utf8)
    for body in [
      Self.delimited(customers, by: ","), Self.delimited(customers, by: ";"), Self.delimited(customers, by: "\t"),
      Self.json(customers), lines,
      Array(String(decoding: Self.json(customers), as: UTF8.self).replacing("Person", with: #"P\u00e9rson"#).utf8),
    ] {
      let tables = try Self.tables(body)
      #expect(tables.first?.layers == [])
      #expect(tables.map(\.detector) == ["customer-records"], "\(String(decoding: body.prefix(120), as: UTF8.self))")
      #expect(tables.first?.table?.records == 40)
      #expect(tables.first?.table?.columns.contains("email-address") == true)
      #expect(tables.first?.table?.columns.contains("iban") == true)
      #expect(tables.first?.dataClass == .personal && tables.first?.grade == .redact)
      #expect(tables.first.map { $0.span.end - $0.span.start > body.count * 8 / 10 } == true)
    }
  }

  @Test("a table under an encoding in a string of JSON is told under that encoding alone")
  func encodedInJSON() throws {
    let encoded = String(decoding: Encode.base64(Self.delimited(Self.customers(40), by: ",")), as: UTF8.self)
    let tables = try Self.tables(Array("{\"a\": \"one\\n\(encoded)\"}".utf8))
    #expect(tables.map(\.layers) == [["base64"]])
  }

  @Test("from a hundred records on a table whose cells are sure is worth stopping an exchange")
  func blocked() throws {
    #expect(try Self.tables(Self.delimited(Self.customers(120), by: ",")).map(\.grade) == [.block])
  }

  @Test("nine records are no table, nor is one column, nor are people who are named here and there")
  func none() throws {
    let customers = Self.customers(60)
    #expect(try Self.tables(Self.delimited(Array(customers.prefix(9)), by: ",")).isEmpty)
    #expect(try Self.tables(Array(customers.map { "\($0.email)\n" }.joined().utf8)).isEmpty)
    let words = String(repeating: "A letter has many words and says little of people. ", count: 100)
    let scattered = customers.prefix(15).map { "\(words)\($0.email), iban \($0.iban)\n" }.joined()
    #expect(try Self.tables(Array(scattered.utf8)).isEmpty)
  }

  @Test("a table with empty cells, and with other columns between, has nearly its records")
  func gaps() throws {
    let rows = Self.customers(100).enumerated().map { index, customer in
      "\(index),\(index % 7 == 0 ? "" : customer.email),note \(index * 31),\(index % 5 == 0 ? "" : customer.phone),\(customer.iban),x\n"
    }
    let table = try #require(try Self.tables(Array(rows.joined().utf8)).first?.table)
    #expect((85...100).contains(table.records), "\(table.records)")
  }

  @Test("payments without people are records of transactions")
  func transactions() throws {
    let rows = Self.customers(30).map { "2026-05-04,\($0.iban),BIC DEUTDEFF,12.50\n" }
    let tables = try Self.tables(Array(("date,iban,bic,amount\n" + rows.joined()).utf8))
    #expect(tables.map(\.detector) == ["transaction-records"])
    #expect(tables.first?.dataClass == .financial && tables.first?.table?.records == 30)
  }

  @Test("a table is found under every encoding of whole texts", arguments: Encoding.all)
  func encodings(_ encoding: Encoding) throws {
    let body = try encoding.encode(Self.delimited(Self.customers(30), by: ","))
    let found = try Self.tables(body, encoding.content).compactMap(\.table?.records)
    #expect(found.contains { $0 >= 25 }, "\(found)")
  }

  @Test("every split gives the same tables, whoever asks meanwhile")
  func splits() throws {
    var source = Seeded(5)
    let customers = Self.customers(200)
    let body =
      Self.json(customers) + Self.delimited(customers, by: ",") + Encode.base64(Self.json(Array(customers.prefix(50))))
    let whole = try Self.tables(body)
    #expect(whole.count >= 2)
    for _ in 0..<6 {
      let cuts = (0..<Int.random(in: 1...30, using: &source)).map { _ in Int.random(in: 0...body.count, using: &source)
      }
      #expect(try inspect(body, cuts: cuts).findings.filter { $0.table != nil } == whole, "\(cuts)")
      var inspector = MessageInspector(try Detectors.set(), place: .body)
      var start = 0
      for cut in cuts.sorted() + [body.count] {
        body[start..<cut].withUnsafeBytes { inspector.inspect($0) }
        _ = inspector.findingsSoFar()
        start = cut
      }
      let asked = inspector.findingsSoFar().findings.filter { $0.table != nil }
      #expect(asked.map(\.table) == whole.map(\.table), "\(cuts)")
      #expect(inspector.finish().findings.filter { $0.table != nil } == whole, "\(cuts)")
    }
  }

  @Test("the size of the blocks that are looked at together changes no table")
  func blocks() throws {
    let body = Self.json(Self.customers(150))
    let whole = try Self.tables(body)
    for bytes in [64, 1000, 5000] {
      var limits = DecodingLimits()
      limits.blockBytes = bytes
      #expect(try inspect(body, limits: limits).findings.filter { $0.table != nil } == whole, "\(bytes)")
    }
  }

  @Test("twelve thousand customers are looked into wholly, and a credential behind them is found")
  func many() throws {
    let token = try #require(try Detectors.rules.get().first { $0.id == "github-token" }).examples[0]
    let body = Self.json(Self.customers(12_000)) + Array("\n\(token)\n".utf8)
    let findings = try inspect(body).findings
    #expect(!findings.contains { $0.dataClass == .opaque }, "\(findings.filter { $0.dataClass == .opaque })")
    #expect(findings.contains { $0.detector == "github-token" })
    #expect(findings.compactMap(\.table?.records) == [12_000])
  }
}
