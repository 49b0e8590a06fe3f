internal import Decoding
internal import Evidence
internal import Glibc
internal import OwnTables
internal import Testing

@testable internal import Inspection

/// Values of one's own tables among what is found, under encodings and in pieces.
@Suite struct OwnTableDetectorTests {
  private static let iban = "DE89370400440532013000"

  private func detectors() throws -> DetectorSet {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/own-table-XXXXXX".utf8CString)
    let directory = String(cString: mkdtemp(&template))
    let path = directory + "/t.csv"
    let text = Array("iban,last\n\(Self.iban),Achterberg\n".utf8)
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    _ = write(file, text, text.count)
    close(file)
    let store = TableStore(directory: directory + "/store", key: TableKey(Secret([UInt8](repeating: 7, count: 32))))
    _ = try store.index(path, dataClass: .financial)
    let tables = try store.tables()
    _ = try store.forget(path)
    unlink(path)
    rmdir(directory + "/store")
    rmdir(directory)
    let rule = DetectorRule(id: "some-token", name: "T", grade: .note, patterns: ["some_[a-z]{20}"])
    return try DetectorSet(rules: [rule], ownTables: tables, fingerprintKey: Secret([1, 2, 3]))
  }

  @Test("one cell is worth redacting, two of a row stop; the class is the table's")
  func grades() throws {
    let detectors = try detectors()
    let one = detectors.inspect("pay \(Self.iban) now", place: .body)
    #expect(one.map(\.detector) == ["own-table"])
    #expect(one.map(\.grade) == [.redact])
    #expect(one.map(\.dataClass) == [.financial])
    #expect(one.map(\.span) == [Span(4, 26)])
    let row = detectors.inspect("Achterberg, \(Self.iban)", place: .body)
    #expect(row.map(\.grade) == [.block, .block])
    #expect(one.map(\.ownRow) == [OwnRow(table: "t.csv")])
    #expect(row.map(\.ownRow) == [OwnRow(table: "t.csv", number: 0), OwnRow(table: "t.csv", number: 0)])
  }

  @Test("it is found under encodings that are taken off")
  func encoded() throws {
    // {"a":"QWNodGVyYmVyZyBERTg5IDM3MDQgMDA0NCAwNTMyIDAxMzAgMDA="}: Achterberg DE89 3704 0044 0532 0130 00
    let text = #"{"a":"QWNodGVyYmVyZyBERTg5IDM3MDQgMDA0NCAwNTMyIDAxMzAgMDA="}"#
    let found = try detectors().inspect(text, place: .body)
    #expect(found.map(\.detector) == ["own-table", "own-table"])
    #expect(found.allSatisfy { $0.layers.last == "base64" })
  }

  @Test("whatever the pieces of a message, the same is found, also before it ends", arguments: [1, 3, 50])
  func pieces(_ count: Int) throws {
    let detectors = try detectors()
    let bytes = Array("{\"text\": \"Achterberg\\nDE89 3704 0044 0532 0130 00\", \"more\": \"\(Self.iban)\"}".utf8)
    let whole = detectors.inspect(String(decoding: bytes, as: UTF8.self), place: .body)
    #expect(whole.count == 3)
    var inspector = MessageInspector(detectors, place: .body)
    for start in stride(from: 0, to: bytes.count, by: count) {
      bytes[start..<min(bytes.count, start + count)].withUnsafeBytes { inspector.inspect($0) }
    }
    #expect(inspector.findingsSoFar().findings == whole)
    #expect(inspector.finish().findings == whole)
  }
}
