package import Documents

/// What a file says without effect: it can be used, and a part of it can never matter, or does not yet.
package struct PolicyWarning: Sendable, Hashable, CustomStringConvertible {
  package let place: DocumentPlace
  package let sentence: String

  /// `sallyport.yaml:7: …`
  package var description: String { "\(place): \(sentence)" }
}
