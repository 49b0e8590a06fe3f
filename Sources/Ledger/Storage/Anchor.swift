/// The last published checkpoint, kept outside the ledger's directory, so that an older copy of the whole directory is
/// found out.
struct Anchor: Sendable {
  let path: String
  private let parent: String
  private let name: String
  private let probe: StorageProbe?

  init(path: String, probe: StorageProbe? = nil) {
    self.path = path
    self.probe = probe
    let parts = path.split(separator: "/")
    name = parts.last.map(String.init) ?? ""
    let above = parts.dropLast().joined(separator: "/")
    parent = path.hasPrefix("/") ? "/" + above : (above.isEmpty ? "." : above)
  }

  /// The checkpoint note; `nil` where none was kept yet.
  func read() throws(LedgerError) -> [UInt8]? {
    guard let directory = try existingParent() else { return nil }
    return try directory.contents(of: name, limit: LedgerLimits.noteBytes)
  }

  /// Keeps a checkpoint.
  ///
  /// - Throws: `.keyMismatch` where another log's checkpoint is kept there: two ledgers share one anchor, or ours was set
  ///   aside by `sallyport log accept-fork` while we wrote to it.
  func write(_ note: [UInt8], _ durability: Durability) throws(LedgerError) {
    if let kept = try read(), kept.prefix(while: { $0 != 0x0a }) != note.prefix(while: { $0 != 0x0a }) {
      throw LedgerError(
        .keyMismatch, place: path, "it keeps the checkpoint of another ledger",
        remedy: "give every ledger an anchor file of its own; if this ledger was set aside, start the run anew")
    }
    try LedgerDirectory(parent, create: true, isLedger: false, probe: probe).replace(name, note, durability)
  }

  /// Gives the anchor another name, so that a new ledger can start with its own.
  func setAside(suffix: String) throws(LedgerError) {
    guard let note = try read() else { return }
    let directory = try LedgerDirectory(parent, create: false, isLedger: false, probe: probe)
    guard try directory.create(name + suffix, note, .disk) else {
      throw LedgerError(.alreadyExists, place: path + suffix, "the name is taken", remedy: "move that file away")
    }
    try directory.remove(name)
  }

  private func existingParent() throws(LedgerError) -> LedgerDirectory? {
    do throws(LedgerError) {
      return try LedgerDirectory(parent, create: false, isLedger: false, probe: probe)
    } catch  where error.code == .notFound {
      return nil
    }
  }
}
