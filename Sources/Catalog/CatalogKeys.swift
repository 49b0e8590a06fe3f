/// Every key that a catalogue file may have, by the map it stands in. The published schemas name the same ones.
enum CatalogKeys {
  static let agent = [
    "id", "name", "vendor", "commands", "version", "models", "sources", "files", "environment", "secrets",
    "endpoints", "switches",
  ]
  static let versionClue = ["python", "npm", "path", "user-agent", "source"]
  static let vendor = ["id", "name", "kind", "sources", "endpoints", "secrets", "claims"]
  static let environment = ["sources", "variables", "files"]
  static let trust = ["sources", "variables", "files"]
  static let source = ["from", "evidence", "version", "date"]
  static let endpoint = [
    "id", "vendor", "hosts", "methods", "paths", "upgrade", "content-type", "body", "purpose", "dialect", "quiet",
    "source",
  ]
  static let quiet = ["status", "type", "body"]
  static let file = ["path", "access", "optional", "source"]
  static let names = ["names", "source"]
  static let secret = ["name", "hosts", "prefix", "alphabet", "length", "sent", "source"]
  static let claim = ["product", "field", "statement", "source"]
  static let `switch` = ["setting", "stops", "source"]
  static let trustVariable = ["name", "value", "word", "source"]
  static let trustFile = ["path", "source"]
}
