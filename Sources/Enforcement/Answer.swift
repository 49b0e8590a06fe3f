package import Evidence
internal import Policy

/// What a person said, and where.
package struct Answer: Sendable, Hashable {
  package let word: Word
  /// Where it was said; `nil` for silence.
  package let place: Place?

  package init(_ word: Word, at place: Place? = nil) {
    self.word = word
    self.place = word == .silence ? nil : place
  }

  package static let yes = Answer(.yes)
  package static let no = Answer(.no)
  package static let silence = Answer(.silence)

  package enum Word: String, Sendable, Hashable, CaseIterable {
    case yes
    case no
    /// Nobody spoke in time, or there is nobody to ask; counts as no.
    case silence
  }

  /// Where a person can answer.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    /// The terminal that the run has.
    case terminal
    /// A `sallyport watch` of the same user.
    case watch
  }

  package var isYes: Bool { word == .yes }

  var forPolicy: Question.Answer {
    switch word {
    case .yes: .yes
    case .no: .no
    case .silence: .silence
    }
  }

  /// For the reasons of a decision.
  var statement: String {
    let place = self.place == .watch ? " in sallyport watch" : ""
    return switch word {
    case .yes: "a person said yes\(place)"
    case .no: "a person said no\(place)"
    case .silence: "nobody answered in time, which counts as no"
    }
  }
}

extension Answer: CanonicallyWritten {
  /// As the ledger has it.
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("by", ifAny: place?.rawValue)
      writer.member("word", word.rawValue)
    }
  }
}
