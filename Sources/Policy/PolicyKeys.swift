internal import Evidence

/// Every key that a policy may have, by the map it stands in. The published schema names the same ones.
enum PolicyKeys {
  static let document = [
    "version", "posture", "rules", "uninspected", "files", "secrets", "connect", "upstream-ca", "private-addresses",
    "limits", "durability", "ask-timeout", "ledger", "protect", "redaction", "own-code", "findings", "allow-findings",
  ]
  static let rule = ["name", "when", "then", "because"]
  static let when = [
    "agent", "version", "destination", "destination-is", "endpoint", "vendor", "purpose", "class", "grade",
    "severity", "detector", "found-in", "paths", "owners", "lines", "max-lines", "share", "method", "path", "target",
    "fields", "sent",
    "protocol", "bytes", "time", "place",
  ]
  static let time = ["days", "from", "to", "zone"]
  static let place = ["workspace", "host"]
  static let uninspected = ["hosts", "because", "agent"]
  static let files = ["read", "write"]
  static let secret = ["name", "hosts"]
  static let findings = FindingThreshold.classes.map(\.rawValue)
  static let threshold = ["grade", "at-least"]
  static let allowedFinding = ["fingerprint", "because", "until"]
  static let ledger = ["paths"]
  static let redaction = ["restore", "keep"]
  static let protect =
    ProtectedGroup.allCases.map(\.rawValue) + ProtectionAction.allCases.map(\.rawValue)
  static let limits = LimitSettings.Name.allCases.map(\.rawValue)
}
