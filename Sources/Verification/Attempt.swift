package import Evidence

/// One row of what is verified: an attempt to get out, and what has to come of it.
package struct Attempt: Sendable, Hashable {
  /// As ``Probe/id`` where a probe makes it: the row of the list of known bypasses, a point, which way.
  package let id: String
  package let title: String
  package let expectation: Expectation

  init(_ id: String, _ title: String, _ expectation: Expectation) {
    self.id = id
    self.title = title
    self.expectation = expectation
  }

  /// What the row is about.
  package var group: Group { Group.allCases.first { id.hasPrefix($0.letter) } ?? .operations }

  package enum Group: String, Sendable, Hashable, CaseIterable {
    case network, kernel, files, contents, operations

    var letter: String {
      switch self {
      case .network: "N"
      case .kernel: "K"
      case .files: "F"
      case .contents: "P"
      case .operations: "O"
      }
    }
  }

  /// Whether this row is meant by what somebody wrote: its own name, `N6`, or `N`.
  package func isMeant(by word: String) -> Bool {
    let (own, word) = (id.lowercased(), word.lowercased())
    return own == word || own.prefix { $0 != "." } == word || group.letter.lowercased() == word
  }
}

extension Attempt: JSONRepresentable {
  package var json: JSONValue {
    [
      "id": .string(id), "group": .string(group.rawValue), "title": .string(title),
      "expected": .string(expectation.text),
    ]
  }
}
