internal import Documents
internal import Evidence
package import Patterns

/// What may happen: a `sallyport.yaml`, or a built-in posture.
///
/// Immutable; safe to ask from any thread. Its questions are pure functions.
package struct PolicyDocument: Sendable {
  /// As it was named, or `built-in:control`.
  package let file: String
  package let posture: Posture
  /// The file's own rules in its order, then the posture's. The first that applies answers.
  package let rules: [PolicyRule]
  package let uninspected: [UninspectedGrant]
  package let files: FileGrants
  package let secrets: [SecretGrant]
  package let connect: [ConnectOverride]
  /// PEM files, as they were written: relative ones are meant from the file's directory.
  package let upstreamAuthorities: [String]
  /// Private destinations that may be connected to: `private-addresses`.
  package let privateAddresses: [DestinationPattern]
  package let limits: LimitSettings
  package let durability: Durability
  /// How long a question waits for a person; silence then is no.
  package let askTimeout: Duration
  package let ledgerPaths: LedgerPaths
  package let protection: Protection
  package let redaction: RedactionSettings
  package let ownCode: OwnCode
  /// By class; where there is none, everything counts.
  let thresholds: [DataClass: FindingThreshold]
  /// By fingerprint.
  let allowedFindings: [String: AllowedFinding]
  /// Of the workspace; `nil` before anybody has looked, and then nobody knows who owns what.
  package let codeOwners: CodeOwners?

  /// Without an `ask-timeout`: long enough to read the question, short enough that an agent's own time-out is later.
  static let defaultAskTimeout = Duration.seconds(60)

  /// Where ``rules`` pass from the file's own to the posture's.
  let ownRuleCount: Int
  /// Those that speak about findings, about files, and about neither, in the order of ``rules``.
  let findingRules: [PolicyRule]
  let sourceRules: [PolicyRule]
  let routeRules: [PolicyRule]
  let coverage: SourceCoverage
  /// What was seen while the file was read.
  var readingWarnings: [PolicyWarning] { contents.warnings }
  private let contents: Contents

  init(_ contents: Contents, file: String, base: [PolicyRule], codeOwners: CodeOwners? = nil) {
    self.contents = contents
    self.codeOwners = codeOwners
    self.file = file
    self.posture = contents.posture
    self.rules = contents.rules + base
    self.ownRuleCount = contents.rules.count
    self.findingRules = rules.filter { $0.finding != nil }
    self.sourceRules = rules.filter { $0.source != nil }
    self.routeRules = rules.filter(\.isRoute)
    self.coverage = SourceCoverage(sourceRules, codeOwners: codeOwners)
    self.uninspected = contents.uninspected
    self.files = contents.files
    self.secrets = contents.secrets
    self.connect = contents.connect
    self.upstreamAuthorities = contents.upstreamAuthorities
    self.privateAddresses = contents.privateAddresses
    self.limits = contents.limits
    self.durability = contents.durability
    self.askTimeout = contents.askTimeout
    self.ledgerPaths = contents.ledgerPaths
    self.protection = contents.protection
    self.redaction = contents.redaction
    self.ownCode = contents.ownCode
    self.thresholds = contents.thresholds
    self.allowedFindings = contents.allowedFindings
  }

  /// The same policy in a workspace whose files belong to these owners.
  package func applied(to codeOwners: CodeOwners) -> PolicyDocument {
    PolicyDocument(contents, file: file, base: Array(rules[ownRuleCount...]), codeOwners: codeOwners)
  }

  /// What one file says.
  struct Contents: Sendable {
    var posture = Posture.control
    var rules: [PolicyRule] = []
    var uninspected: [UninspectedGrant] = []
    var files = FileGrants()
    var secrets: [SecretGrant] = []
    var connect: [ConnectOverride] = []
    var upstreamAuthorities: [String] = []
    var privateAddresses: [DestinationPattern] = []
    var limits = LimitSettings()
    var durability = Durability.process
    var askTimeout = PolicyDocument.defaultAskTimeout
    var ledgerPaths = LedgerPaths.plain
    var protection = Protection()
    var redaction = RedactionSettings()
    var ownCode = OwnCode.elsewhere
    var thresholds: [DataClass: FindingThreshold] = [:]
    var allowedFindings: [String: AllowedFinding] = [:]
    var warnings: [PolicyWarning] = []
  }
}

extension PolicyDocument {
  /// Reads a policy; a failure lists every problem found, not only the first.
  ///
  /// - Parameter known: names from the catalogue; where given, an agent that is none of them is a problem.
  package static func parse(
    _ yaml: String, file: String, known: KnownNames = KnownNames()
  ) -> Result<PolicyDocument, PolicyErrors> {
    contents(yaml, file: file, known: known).map { contents in
      PolicyDocument(contents, file: file, base: BuiltInPosture.rules(of: contents.posture))
    }
  }

  /// What applies without a file.
  package static func builtIn(_ posture: Posture) -> PolicyDocument {
    var contents = Contents()
    contents.posture = posture
    return PolicyDocument(contents, file: BuiltInPosture.file(of: posture), base: BuiltInPosture.rules(of: posture))
  }

  static func contents(
    _ yaml: String, file: String, known: KnownNames = KnownNames()
  ) -> Result<Contents, PolicyErrors> {
    do {
      let root = try DocumentNode.read(yaml: yaml, file: file)
      var reader = PolicyReader(known: known)
      let contents = reader.contents(root)
      let problems = reader.problems
      return problems.isEmpty ? .success(contents) : .failure(PolicyErrors(problems: problems))
    } catch {
      return .failure(PolicyErrors(problems: [error]))
    }
  }
}
