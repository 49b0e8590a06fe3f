internal import Evidence
internal import Ledger

/// The salts of one exchange's commitments, each drawn from the run's salt key.
///
/// Deriving them means that one key opens, or by its destruction closes, every commitment of a run, and that none is
/// lost when the process is killed.
struct CommitmentSalts {
  let derivation: SaltDerivation
  let sequence: Int

  /// `{"alg":"sha256-salted","c":…}`.
  func commitment(to content: [UInt8], field: String) -> JSONValue {
    let commitment = Commitment.make(content, salt: salt(field))
    return ["alg": "sha256-salted", "c": .string(commitment.text)]
  }

  private func salt(_ field: String) -> Secret<[UInt8]> {
    derivation.salt("sallyport/salt/v1\n\(sequence)\n\(field)")
  }
}
