internal import Evidence

extension Action {
  /// The word with its sign, so that it is told by shape as well.
  var badge: HTML {
    element("span", .class("badge \(rawValue)")) {
      element("span", Attribute("aria-hidden", "true")) { sign }
      " \(outcome)"
    }
  }

  private var sign: String {
    switch self {
    case .allow: "→"
    case .report: "▸"
    case .redact: "▨"
    case .ask: "?"
    case .block: "✕"
    }
  }

  /// What happened to the message.
  var outcome: String {
    switch self {
    case .allow: "allowed"
    case .report: "reported"
    case .redact: "redacted"
    case .ask: "asked"
    case .block: "blocked"
    }
  }
}

extension Exchange {
  /// It, or the rest of it, did not go on.
  var isStopped: Bool { decision.action == .block || (decision.action == .ask && forwardedBytes == 0) }

  /// Bytes that were held back.
  var stoppedBytes: Int { isStopped ? max(0, requestBytes - forwardedBytes) : 0 }

  var isUninspected: Bool { protocolName == .uninspected }

  /// Where it is in the page, if it is.
  var anchor: String { "x\(sequence)" }
}

extension Destination {
  /// The port only where it is not the usual one.
  var shortText: String { port == 443 || port == 0 ? host : description }
}
