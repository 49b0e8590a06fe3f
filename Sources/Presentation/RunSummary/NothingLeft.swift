internal import Evidence

/// The purposes of which nobody got a line of any file. Page and terminal ask it, and say the same.
struct NothingLeft {
  /// Something was meant for them, and all that was let go was compared.
  let certain: [Purpose]
  /// Not all of that was compared.
  let doubtful: [Purpose]

  init(_ left: [RunBill.Left]) {
    let purposes = Dictionary(grouping: left, by: \.purpose)
    certain = Purpose.allCases.filter { purposes[$0]?.allSatisfy { $0.lines == 0 && $0.isCertain } ?? false }
    doubtful = Purpose.allCases.filter { purposes[$0]?.contains { $0.lines == 0 && !$0.isCertain } ?? false }
  }

  /// `0 to telemetry, flags; not compared in full: registry`; nothing where there is no such purpose.
  var parts: [Part] {
    var parts: [Part] = []
    if !certain.isEmpty { parts += [Part("0", .figure), Part(" to \(Self.names(certain))")] }
    if !doubtful.isEmpty {
      if !parts.isEmpty { parts.append(Part("; ")) }
      parts += [Part("not compared in full", .caution), Part(": \(Self.names(doubtful))")]
    }
    return parts
  }

  private static func names(_ purposes: [Purpose]) -> String { purposes.map(\.rawValue).joined(separator: ", ") }

  /// A stretch of the sentence.
  struct Part {
    let text: String
    let kind: Kind

    init(_ text: String, _ kind: Kind = .words) {
      self.text = text
      self.kind = kind
    }

    enum Kind { case words, figure, caution }
  }
}
