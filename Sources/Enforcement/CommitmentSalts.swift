internal import Evidence
internal import Ledger

/// The salts of one exchange's commitments, each drawn from the run's salt key.
///
/// Deriving them means that one key opens, or by its destruction closes, every commitment of a run, and that none is
/// lost when the process is killed.
struct CommitmentSalts {
  let derivation: SaltDerivation
  let sequence: Int

  func commitment(to content: some Sequence<UInt8>, field: String) -> Commitment {
    Commitment.make(content, salt: derivation.salt(field, ofExchange: sequence))
  }
}
