package import Catalog
package import Decoding
internal import Evidence
package import Fingerprints
package import Inspection
package import Ledger
package import Policy

/// The engines and what a run lends them; the chamber is the only place where they meet.
package struct Engines: Sendable {
  package let knowledge: Knowledge
  package let detectors: DetectorSet
  /// Those that answers are looked at with; `nil` where they are not.
  package let answerDetectors: DetectorSet?
  package let decodingLimits: DecodingLimits
  package let policy: PolicyDocument
  package let ledger: TransparencyLog
  package let placeholders: PlaceholderTable
  /// `nil` where nobody wants to know which files are inside.
  package let attribution: FileAttribution?
  /// `nil` where what is taken out is never put back.
  package let redactions: RedactionMapping?
  /// `nil` where none of the organisation's own code is looked for.
  package let ownCode: FingerprintSet?
  private let bodies = RememberedBodies()

  package init(
    knowledge: Knowledge, detectors: DetectorSet, decodingLimits: DecodingLimits, policy: PolicyDocument,
    ledger: TransparencyLog, placeholders: PlaceholderTable, attribution: FileAttribution? = nil,
    redactions: RedactionMapping? = nil, answerDetectors: DetectorSet? = nil, ownCode: FingerprintSet? = nil
  ) {
    self.knowledge = knowledge
    self.detectors = detectors
    self.answerDetectors = answerDetectors
    self.decodingLimits = decodingLimits
    self.policy = policy
    self.ledger = ledger
    self.placeholders = placeholders
    self.attribution = attribution
    self.redactions = redactions
    self.ownCode = ownCode
  }

  var inspectors: BodyInspectors {
    BodyInspectors(
      detectors: detectors, limits: decodingLimits, attribution: attribution, ownCode: ownCode, memory: bodies)
  }
}
