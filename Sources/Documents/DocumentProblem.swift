/// One thing wrong in a hand-written file: where, what stands there, what was expected, and the nearest right word.
package struct DocumentProblem: Error, Sendable, Hashable, CustomStringConvertible {
  package let place: DocumentPlace
  package let found: String
  package let expected: String
  /// `telemetry` for `telemetri`; `nil` where nothing is near.
  package let nearest: String?

  package init(place: DocumentPlace, found: String, expected: String, nearest: String? = nil) {
    self.place = place
    self.found = found
    self.expected = expected
    self.nearest = nearest
  }

  /// `sallyport.yaml:7: 'telemetri' is not expected here: expected model or telemetry; did you mean 'telemetry'?`
  package var description: String {
    let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
    return "\(place): \(found): expected \(expected)\(hint)"
  }
}
