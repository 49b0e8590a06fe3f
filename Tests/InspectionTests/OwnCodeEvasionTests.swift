internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Glibc
internal import Testing

/// Whether an encoding hides the organisation's own code: ten lines of it in every one of them.
@Suite struct OwnCodeEvasionTests {
  private static let package = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  private static let leastShare = 0.99
  private static let windows = 8

  /// Files of this package, which are indexed, and ten lines of each.
  private static func own() throws -> (set: FingerprintSet, windows: [[UInt8]]) {
    var template = Array("/tmp/sallyport-evasion-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { rmdir(folder) }
    let store = FingerprintStore(
      directory: "\(folder)/indexes", key: FingerprintKey(Secret([UInt8](repeating: 3, count: 32))))
    let root = "\(package)/Sources/Compression"
    _ = try store.index(root)
    let set = try #require(store.search(from: []).set)
    _ = try store.forget(root)
    rmdir("\(folder)/indexes")
    let names = ["BrotliDecoder", "Compressor", "Decompressor", "DeflateStream", "InflateStream", "ZstdDecoder"]
    let texts = try names.map { try String(contentsOf: "\(root)/\($0).swift") }
    let all = texts.flatMap { text -> [[UInt8]] in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return stride(from: 5, to: max(6, lines.count - 10), by: 10).map { start in
        Array(lines[start..<min(lines.count, start + 10)].joined(separator: "\n").utf8)
      }
    }
    return (set, all.filter { lines in lines.count { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a } >= 150 })
  }

  private static func isFound(_ body: [UInt8], _ content: ContentDescription, _ set: FingerprintSet) -> Bool {
    let scanner = OwnCodeScanner(set)
    let tree = DecodingTree(content, limits: .standard, observer: scanner)
    body.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    return scanner.findings(in: .body).contains { $0.detector == OwnCodeDetector.copied }
  }

  @Test("no encoding hides ten lines of own code")
  func matrix() throws {
    let (set, windows) = try Self.own()
    #expect(windows.count >= Self.windows)
    var (found, all) = (0, 0)
    for (number, encoding) in Encoding.all.enumerated() {
      let cases = (0..<Self.windows).map { windows[($0 * 5 + number) % windows.count] }
      let missed = try cases.count { lines in
        let text = Array("Look at this, please:\n".utf8) + lines + Array("\nand then other words.\n".utf8)
        return !Self.isFound(try encoding.encode(text), encoding.content, set)
      }
      found += cases.count - missed
      all += cases.count
      if missed > 0 { print("own code, \(encoding.name): \(missed) missed of \(cases.count)") }
    }
    print("own code: \(found) of \(all) found in all encodings")
    #expect(Double(found) >= Self.leastShare * Double(all))
  }
}

extension String {
  fileprivate init(contentsOf path: String) throws {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    self = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }
}
