/// Why something cannot be taken out of a text with certainty.
package enum RedactionFailure: Error, Sendable, Hashable {
  /// The text is larger than what is edited.
  case tooLarge
  /// More was found than is replaced in one text.
  case tooMany
  /// Not all of it could be looked into, by the name.
  case notLookedInto(String)
  /// It is binary, or in a form whose lengths and ends would no longer be true.
  case form
  /// Something stands where nothing else can be put, as under compression.
  case place
  /// Something was still found when it had been done.
  case remains
}

extension RedactionFailure {
  /// Bytes of a text that is edited, at most.
  package static let mostBytes = InspectionLimits.maximumRedactedBytes
  /// Things that are replaced in one text, at most.
  package static let mostThings = InspectionLimits.maximumEdits
}
