internal import Crypto
internal import Evidence
internal import Ledger

/// The salts of one exchange's commitments, each drawn from the run's salt key.
///
/// Deriving them means that one key opens, or by its destruction closes, every commitment of a run, and that none is
/// lost when the process is killed.
struct CommitmentSalts {
  let key: Secret<[UInt8]>
  let sequence: Int

  /// `{"alg":"sha256-salted","c":…}`.
  func commitment(to content: [UInt8], field: String) -> JSONValue {
    let commitment = Commitment.make(to: content, salt: salt(field))
    return ["alg": "sha256-salted", "c": .string(commitment.base64)]
  }

  private func salt(_ field: String) -> [UInt8] {
    key.withValue { key in
      Array(
        HMAC<SHA256>.authenticationCode(
          for: Array("sallyport/salt/v1\n\(sequence)\n\(field)".utf8), using: SymmetricKey(data: key)))
    }
  }
}
