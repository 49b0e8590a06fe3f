/// A change to a ledger that somebody might make afterwards.
struct LedgerTampering: Sendable {
  let id: String
  /// - Parameters: the state to change, and how the state was one run earlier.
  let change: @Sendable (_ state: String, _ older: String) throws(VerificationError) -> Void

  /// As `docs/exit-codes.md` has it.
  static let told: Int32 = 74

  static let all = [
    LedgerTampering(id: "O4.edited") { state, _ throws(VerificationError) in
      try rewrite(state) { bytes in
        let middle = bytes.count / 2
        bytes[middle] = bytes[middle] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
      }
    },
    LedgerTampering(id: "O4.truncated") { state, _ throws(VerificationError) in
      try rewrite(state) { $0.removeLast($0.count / 2) }
    },
    LedgerTampering(id: "O4.reordered") { state, _ throws(VerificationError) in
      try rewrite(state) { bytes in
        let half = bytes.count / 2
        bytes = Array(bytes[half...] + bytes[..<half])
      }
    },
    LedgerTampering(id: "O4.older") { state, older throws(VerificationError) in
      FileTree.remove("\(state)/ledger")
      try FileTree.copy("\(older)/ledger", to: "\(state)/ledger")
    },
  ]

  /// The newest bundle of entries.
  private static func rewrite(_ state: String, _ change: (inout [UInt8]) -> Void) throws(VerificationError) {
    let bundles = FileTree.entries("\(state)/ledger/tile/entries").filter { !$0.isDirectory }.map(\.path)
    guard let newest = bundles.max(by: { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }),
      var bytes = FileTree.read(newest), bytes.count > 64
    else { throw VerificationError(.place, "the ledger has no entries to change.") }
    change(&bytes)
    try FileTree.write(bytes, to: newest)
  }
}
