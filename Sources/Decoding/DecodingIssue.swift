internal import Evidence

/// Something in a message that could not be looked into.
package struct DecodingIssue: Sendable, Hashable {
  package let kind: Kind
  /// Where, in the message's original bytes.
  package let start: Int
  package let end: Int
  /// The encodings around it, outermost first.
  package let layers: [String]

  package enum Kind: String, Sendable, Hashable {
    /// The body says that it is in a coding and is not, or ends too early, or nobody knows the coding.
    case undecodable = "undecodable-body"
    /// It becomes larger than the limit.
    case tooLarge = "decompression-bomb"
    /// It has more encodings within each other than the limit.
    case tooDeep = "nesting-too-deep"
  }
}
