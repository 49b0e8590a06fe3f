internal import Enforcement
internal import Wire

extension RequestHead {
  /// What stands in the record for a head that must not: nothing of it is known to be harmless.
  static func malformed(_ version: HTTPVersion) -> RequestHead {
    RequestHead(method: "MALFORMED", target: "/", version: version)
  }

  /// Whether the method is a verb: every registered one has up to 17 capital letters and hyphens.
  var hasPlainMethod: Bool {
    (1...24).contains(method.utf8.count)
      && method.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "-") }
  }
}

extension Chamber.Objection {
  static func malformed(_ error: HTTPSyntaxError) -> Chamber.Objection {
    malformed(error.status, "\(error.sentence) \(error.remedy)")
  }
}
