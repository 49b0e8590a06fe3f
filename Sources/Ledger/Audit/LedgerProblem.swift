/// The first thing that is wrong with a stored ledger.
package struct LedgerProblem: Sendable, Hashable {
  /// What was done to it.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Something that was recorded says something else now.
    case edited
    /// Something that was recorded is gone.
    case truncated
    /// What was recorded is all there, in another order.
    case reordered
    /// An older state of the ledger stands in the place of a newer one.
    case rolledBack = "rolled-back"
    /// It is signed by another key than the one that is trusted.
    case keySwapped = "key-swapped"
  }

  package let kind: Kind
  /// Relative to the ledger's directory; the anchor by its own path.
  package let file: String
  /// The first entry that is concerned, where one can be named.
  package let index: Int?
  /// What is wrong, without a full stop.
  package let sentence: String
  /// What mends just this; empty where only a backup or a new ledger helps.
  package let remedy: String

  package init(_ kind: Kind, file: String, index: Int? = nil, _ sentence: String, remedy: String = "") {
    self.remedy = remedy
    self.kind = kind
    self.file = file
    self.index = index
    self.sentence = sentence
  }

  /// What to do about it, for somebody who knows what is wrong.
  ///
  /// - Parameter isOwn: whether it is this installation's ledger, and no copy.
  package func remedy(isOwn: Bool) -> String {
    if !remedy.isEmpty { return remedy }
    let remedy = isOwn ? LedgerRemedy.decision : LedgerRemedy.copy
    return kind == .keySwapped ? "look whether the key that you trust is this ledger's; if it is, \(remedy)" : remedy
  }

  /// The problem as the reason not to go on.
  package var error: LedgerError {
    let code: LedgerError.Code =
      switch kind {
      case .edited, .reordered: .doesNotVerify
      case .truncated: .truncated
      case .rolledBack: .rolledBack
      case .keySwapped: .keyMismatch
      }
    return LedgerError(code, place: file, sentence, remedy: remedy.isEmpty ? LedgerRemedy.fork : remedy)
  }
}

extension LedgerProblem: CustomStringConvertible {
  package var description: String {
    "\(kind.rawValue): \(file): \(sentence)" + (remedy.isEmpty ? "" : "; \(remedy)")
  }
}
