/// Which files are inside a message, as far as it can be told.
package struct Attributed: Sendable, Hashable {
  /// By path, then line.
  package var sources: [SourceRange]
  /// The part of the message's bytes that came from files, 0...1.
  package var share: Double
  /// Lines that stand in so many files that they are nobody's in particular.
  package var commonLines: Int
  /// Why some of it may be missing; `nil` where everything was compared with everything.
  package var gap: Gap?

  package init(sources: [SourceRange] = [], share: Double = 0, commonLines: Int = 0, gap: Gap? = nil) {
    self.sources = sources
    self.share = share
    self.commonLines = commonLines
    self.gap = gap
  }

  /// What was not compared.
  package enum Gap: String, Sendable, Hashable, CaseIterable {
    /// Nobody asked for attribution, or the exchange cannot be looked into.
    case off
    /// The files were not all read yet when the message was decided.
    case indexing
    /// Files were left out, for their number or size.
    case filesLeftOut = "files-left-out"
    /// The message holds more text than is compared, or asks for more comparisons than are made.
    case messageTooLarge = "message-too-large"
  }
}

extension Attributed {
  /// The members that an exchange's JSON form has of it.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "sources": .array(sources.map(\.json)), "sourceShare": shareJSON, "commonLines": .integer(commonLines),
    ]
    members["attributionGap"] = gap.map { .string($0.rawValue) }
    return members
  }

  /// To four digits, of which the last is not 0 where there is any; a whole number is an integer, as it is when it is
  /// read again.
  private var shareJSON: JSONValue {
    shareParts % Self.parts == 0 ? .integer(shareParts / Self.parts) : .number(Double(shareParts) / Double(Self.parts))
  }

  /// ``shareJSON`` as RFC 8785 has it.
  var shareText: String {
    guard shareParts % Self.parts != 0 else { return String(shareParts / Self.parts) }
    var digits = String(Self.parts + shareParts).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "0.\(digits)"
  }

  /// The share in so many parts of the whole, of which there is one at least where there is any.
  private var shareParts: Int { share > 0 ? max(1, Int((min(share, 1) * Double(Self.parts)).rounded())) : 0 }
  private static let parts = 10_000
}
