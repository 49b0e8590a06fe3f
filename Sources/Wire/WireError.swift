/// What went wrong on the wire: where, why, and what to do about it, without any content that was carried.
package struct WireError: Error, Sendable, Hashable {
  package let code: Code
  /// The file, destination or part of the message it happened at.
  package let place: String
  package let sentence: String
  /// What the reader can do; empty where nothing but trying again helps.
  package let remedy: String

  package init(_ code: Code, at place: String, _ sentence: String, remedy: String = "") {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  /// A stable name for the kind of failure, which also says who is to blame.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }
  }
}

extension WireError: CustomStringConvertible {
  package var description: String {
    let text = "\(place): \(sentence)"
    return remedy.isEmpty ? text : "\(text) \(remedy)"
  }
}
