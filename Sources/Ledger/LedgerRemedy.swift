/// What a reader can type when the ledger is not as it should be.
enum LedgerRemedy {
  static let verify = "run `sallyport log verify` to see what is wrong"
  static let fork =
    "run `sallyport log verify` to see what is wrong; " + decision
  static let decision =
    "restore the ledger's directory from a backup, or keep the broken one aside and start a new one that commits to it "
    + "with `sallyport log accept-fork`"
  static let copy =
    "believe nothing that only it says; get another copy from who keeps the ledger, and ask why this one is not right"
  static let missing =
    "put it back from a backup, or begin a new ledger under a new key with `sallyport log accept-fork`"
  static let space = "make room on the disk; nothing was damaged and later appends will work"

  /// For a file that the checkpoint does not need.
  static func remove(_ path: String) -> String {
    let quoted = path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    return "the checkpoint does not need it: `rm '\(quoted)'`"
  }
}
