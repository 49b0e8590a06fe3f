internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Glibc

/// What indexing and looking cost.
enum Cost {
  private static let wanted = 5_000_000
  private static let bodyBytes = 60_000

  /// Processor time of this process.
  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  static func print(_ tree: String, _ folder: String) throws {
    mkdir(folder, 0o700)
    let store = store(folder)
    try index(tree, store, "as it is")
    try index(tree, store, "again, nothing having changed")
    _ = try store.forget(tree)
    let files = SourceFiles(tree).files
    try fill("\(folder)/code", files, store)
    printQueries(tree, folder)
  }

  /// Of what is indexed in the folder already.
  static func printQueries(_ tree: String, _ folder: String) {
    let begin = seconds()
    let store = store(folder)
    let set = FingerprintSet(store.indexes().indexes, key: store.key)
    let fingerprints = set.indexes.reduce(0) { $0 + $1.root.fingerprints }
    Swift.print("opening \(fingerprints) fingerprints: \(rounded((seconds() - begin) * 1e3)) ms of CPU")
    query(SourceFiles(tree).files, set)
  }

  private static func store(_ folder: String) -> FingerprintStore {
    var random = Seeded(5)
    let key = FingerprintKey(Secret((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }))
    return FingerprintStore(directory: "\(folder)/indexes", key: key)
  }

  private static func index(_ tree: String, _ store: FingerprintStore, _ how: String) throws {
    let begin = (seconds(), ContinuousClock.now)
    let outcome = try store.index(tree)
    let (cpu, wall) = (seconds() - begin.0, (ContinuousClock.now - begin.1) / .seconds(1))
    let root = outcome.root
    Swift.print(
      "index of \(root.lines) lines in \(root.files) files, \(root.bytes) bytes, \(how):",
      "\(rounded(cpu)) s of CPU, \(rounded(wall)) s, \(rounded(Double(root.bytes) / 1e6 / cpu)) MB/s of CPU,",
      "\(root.fingerprints) fingerprints, \(rounded(Double(outcome.bytes.count) / Double(max(1, root.bytes)) * 100)) % of the source"
    )
  }

  /// Copies of the files with other letters, until there are as many fingerprints as are wanted.
  private static func fill(_ folder: String, _ files: [SourceFiles.File], _ store: FingerprintStore) throws {
    mkdir(folder, 0o700)
    var copy = 0
    while true {
      copy += 1
      mkdir("\(folder)/\(copy)", 0o700)
      for (number, file) in files.enumerated() {
        guard let stream = fopen("\(folder)/\(copy)/\(number).txt", "w") else { continue }
        let text = file.text.map { byte in
          (0x61...0x7a).contains(byte) ? (byte - 0x61 + UInt8(copy)) % 26 + 0x61 : byte
        }
        fwrite(text, 1, text.count, stream)
        fclose(stream)
      }
      let begin = seconds()
      let outcome = try store.index(folder)
      if outcome.root.fingerprints >= wanted {
        Swift.print(
          "index of \(outcome.root.lines) lines, the last \(copy == 1 ? "and only " : "")copy new:",
          "\(rounded(seconds() - begin)) s of CPU,",
          "\(rounded(Double(outcome.bytes.count) / Double(max(1, outcome.root.bytes)) * 100)) % of the source")
        return
      }
    }
  }

  private final class Nobody: ViewObserver {
    func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int { range.upperBound }
  }

  /// Bodies of chats that hold code, which is in the index, or is not.
  private static func query(_ files: [SourceFiles.File], _ set: FingerprintSet) {
    var random = Seeded(3)
    for (what, shift) in [("of others", UInt8(25)), ("of ours", UInt8(1))] {
      let bodies = (0..<16).map { _ in
        var text: [UInt8] = []
        while text.count < bodyBytes * 9 / 10 {
          guard let file = files.randomElement(using: &random) else { return [UInt8]() }
          text += file.text.prefix(6000).map { (0x61...0x7a).contains($0) ? ($0 - 0x61 + shift) % 26 + 0x61 : $0 }
        }
        return Array(Form.json.text([text[..<(bodyBytes * 9 / 10)]]))
      }
      let bytes = bodies.reduce(0) { $0 + $1.count }
      let alone = best { for body in bodies { decode(body, nil) } }
      let both = best { for body in bodies { decode(body, set) } }
      let each = (both - alone) / Double(bodies.count) * 1e6
      Swift.print(
        "bodies of \(bytes / bodies.count) bytes, code \(what): decoding \(rounded(alone / Double(bodies.count) * 1e6)) µs,",
        "fingerprints \(rounded(each)) µs, \(rounded(Double(bytes / bodies.count) / each)) MB/s")
    }
  }

  private static func best(_ body: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<12 {
      let begin = seconds()
      body()
      best = min(best, seconds() - begin)
    }
    return best
  }

  private static func decode(_ body: [UInt8], _ set: FingerprintSet?) {
    let (nobody, scanner) = (Nobody(), set.map { OwnCodeScanner($0) })
    let tree = DecodingTree(
      ContentDescription(contentType: "application/json"), limits: .standard, observer: scanner ?? nobody)
    body.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    _ = scanner?.findings(in: .body)
    withExtendedLifetime(nobody) {}
  }
}
