internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Inspection

/// Tells where own code stands in a body that it is to be taken out of.
struct OwnCodeLines {
  private let set: FingerprintSet?
  private let limits: DecodingLimits
  /// By detector, the least grade that goes.
  private let wanted: [String: Grade]

  init(_ engines: Engines, _ kinds: Set<RedactedKind>) {
    set = engines.ownCode
    limits = engines.decodingLimits
    let own = kinds.filter { OwnCodeDetector.names.contains($0.detector) }
    wanted = Dictionary(own.map { ($0.detector, $0.grade) }) { $0 == .note ? $0 : $1 }
  }

  /// - Parameter text: without content codings.
  /// - Returns: `nil` where there is more than can be told apart.
  func passages(in text: [UInt8]) -> [FoundPassage]? {
    guard !wanted.isEmpty, let set else { return [] }
    let scanner = OwnCodeScanner(set, keepsPlaces: true)
    let tree = DecodingTree(.none, limits: limits, expected: text.count, observer: scanner)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    guard let passages = scanner.passages() else { return nil }
    let certain = passages.filter { wanted[$0.detector] != nil && $0.grade == .redact }
    return passages.compactMap { passage in
      guard let least = wanted[passage.detector] else { return nil }
      // A few lines beside what is certain are told with it.
      guard least == .note || passage.grade == .redact || certain.contains(where: { $0.isNear(passage) }) else {
        return nil
      }
      return FoundPassage(
        kind: RedactedKind(detector: passage.detector, dataClass: .proprietary, grade: passage.grade),
        range: passage.range, margin: OwnCodeDetector.margin(of: passage.detector))
    }
  }
}
