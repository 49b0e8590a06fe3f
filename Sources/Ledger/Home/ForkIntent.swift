internal import Evidence

/// What ``LedgerRecovery`` is about to do, written down before anything is moved: whoever dies on the way has the next
/// one commit to the same old ledger, which then lies under another name already.
struct ForkIntent {
  /// Beside the key.
  static let fileName = "ledger.fork"

  /// Of the names that the old ledger, its anchor and its key get.
  let suffix: String
  /// The new ledger's first entry.
  let entry: JSONValue

  var hadLedger: Bool { entry["previous"]?["directory"] != nil }
  var hadAnchor: Bool { entry["previous"]?["anchorHash"] != nil }

  init(suffix: String, entry: JSONValue) {
    self.suffix = suffix
    self.entry = entry
  }

  /// Reads the one of an earlier try; `nil` where there is none, or none that can be read.
  init?(in files: LedgerDirectory) throws(LedgerError) {
    guard let bytes = try files.contents(of: Self.fileName, limit: LedgerLimits.noteBytes),
      let value = try? JSONParser.parse(bytes), let suffix = value["suffix"]?.string, let entry = value["entry"],
      suffix.hasPrefix("."), !suffix.contains("/")
    else { return nil }
    self.init(suffix: suffix, entry: entry)
  }

  func write(in files: LedgerDirectory) throws(LedgerError) {
    let bytes: [UInt8]
    do {
      bytes = try CanonicalJSON.encode(["suffix": .string(suffix), "entry": entry])
    } catch {
      throw LedgerError(.storage, place: Self.fileName, "what is to be done has no JSON form")
    }
    try files.replace(Self.fileName, bytes, .disk)
  }
}
