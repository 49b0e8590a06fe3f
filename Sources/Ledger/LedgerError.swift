/// Why the ledger could not do something: what, where, and what can be done about it.
package struct LedgerError: Error, Sendable, Hashable {
  package let code: Code
  /// The file, or the part of the ledger, that it is about.
  package let place: String
  /// What is wrong, without a full stop.
  package let sentence: String
  /// What the reader can do about it; empty where nothing can be done.
  package let remedy: String

  package init(_ code: Code, place: String, _ sentence: String, remedy: String = "") {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  /// Who is to blame is told in each case.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The caller: an entry that is too long or no JSON.
    case entryTooLarge = "entry-too-large"
    case entryNotJSON = "entry-not-json"
    case appendTooLarge = "append-too-large"
    /// The caller, or the disk: more is waiting than may wait.
    case overloaded
    /// The caller: the log was closed before.
    case closed
    /// The machine.
    case diskFull = "disk-full"
    case readOnly = "read-only"
    case noPermission = "no-permission"
    case storage
    /// The stored ledger: it is not what was written.
    case doesNotVerify = "does-not-verify"
    case rolledBack = "rolled-back"
    case truncated
    case keyMismatch = "key-mismatch"
    /// The installation: its ledger is here, and the key that could append to it is not.
    case keyMissing = "key-missing"
    /// The input: a note, proof or key that cannot be read or is not signed by a key we know.
    case malformed
    case untrusted
    case tooLarge = "too-large"
    case proofFails = "proof-fails"
    /// The question: there is no such entry.
    case notFound = "not-found"
    case alreadyExists = "already-exists"
    /// The question: nothing is wrong with what was to be set aside.
    case sound
    /// The index, which is derived data and was tried to be made anew.
    case index
  }
}

extension LedgerError: CustomStringConvertible {
  package var description: String {
    let what = "\(place): \(sentence)"
    return remedy.isEmpty ? what : "\(what); \(remedy)"
  }
}
