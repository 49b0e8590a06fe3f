internal import Evidence
internal import Inspection
internal import Ledger

/// Where canaries were seen, as far as the ledger tells: by the fingerprints in its entries.
package struct CanarySightings: Sendable {
  /// The last decision about a message with a canary in it, and how many there were.
  package struct Last: Sendable, Hashable {
    package let time: String
    package let run: String
    package let host: String
    package let verdict: String
    package var count: Int
  }

  private let byFingerprint: [String: Last]
  private let key: Secret<[UInt8]>

  /// Decisions that are read: the newest.
  package static let decisions = 20_000

  /// Reads the ledger of who runs this process; nothing was seen where there is none.
  ///
  /// - Throws: ``RunError`` where the ledger, or the installation's key, cannot be read.
  package static func own() throws(RunError) -> CanarySightings {
    let state = try StateDirectory.own()
    StateDirectory.makeIfPossible(state.keys)
    let key = Secret(try KeyFile.loadOrCreate("\(state.keys)/fingerprint.key"))
    let place = try LedgerPlace(directory: nil)
    guard place.isAppendable == true else { return CanarySightings([], key: key) }
    let audit = try place.audit(key: nil)
    do throws(LedgerError) {
      return CanarySightings(
        try audit.show(LedgerQuery(type: "egress.decision", limit: decisions)), key: key)
    } catch {
      throw RunError(ledger: error)
    }
  }

  /// - Parameter entries: the oldest first.
  init(_ entries: [LedgerEntry], key: Secret<[UInt8]>) {
    self.key = key
    var found: [String: Last] = [:]
    for entry in entries {
      for fingerprint in Self.fingerprints(of: entry) {
        found[fingerprint] = Last(
          time: entry.time ?? "", run: entry.run ?? "", host: entry.host ?? "", verdict: entry.verdict ?? "",
          count: (found[fingerprint]?.count ?? 0) + 1)
      }
    }
    byFingerprint = found
  }

  private static func fingerprints(of entry: LedgerEntry) -> Set<String> {
    guard case .array(let findings)? = entry.json["findings"] else { return [] }
    return Set(
      findings.filter { $0["class"]?.string == DataClass.canary.rawValue }.compactMap { $0["fingerprint"]?.string })
  }

  /// The latest of a canary's tokens.
  package func last(of canary: PlantedCanary) -> Last? {
    let seen = canary.tokenBytes.compactMap { byFingerprint[Fingerprint.of($0, key: key)] }
    return seen.max { $0.time < $1.time }
  }
}
