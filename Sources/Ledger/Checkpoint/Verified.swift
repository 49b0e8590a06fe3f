/// A value whose signature has been checked; only the check makes one.
package struct Verified<Value: Sendable & Hashable>: Sendable, Hashable {
  package let value: Value
  /// The note that was checked, byte for byte.
  package let note: [UInt8]

  fileprivate init(_ value: Value, note: [UInt8]) {
    self.value = value
    self.note = note
  }
}

extension Verified where Value == Checkpoint {
  /// Reads a checkpoint and checks its signature and that it speaks of the key's own log.
  ///
  /// - Throws: `.malformed` where it is no checkpoint, `.untrusted` where `key` has not signed it or its origin is
  ///   another log's.
  package init(_ note: [UInt8], with key: VerifierKey) throws(LedgerError) {
    let signed = try SignedNote(note)
    try signed.verify(with: key)
    let checkpoint = try Checkpoint(signed.text)
    // As bytes: Swift takes canonically equivalent texts for equal, auditors do not.
    guard Array(checkpoint.origin.utf8) == Array(key.name.utf8) else {
      throw LedgerError(.untrusted, place: "checkpoint", "it speaks of \(checkpoint.origin), not of \(key.name)")
    }
    self.init(checkpoint, note: note)
  }
}
