/// One sensitive thing seen in a message: what, where, how sure. Never the thing itself.
package struct Finding: Sendable, Hashable {
  /// The catalogue's detector, such as `github-token`.
  package let detector: String
  package let dataClass: DataClass
  package let grade: Grade
  package let severity: Severity
  package let place: Place
  /// In the bytes of ``place`` as they were sent, before any decoding.
  package let span: Span
  /// The encodings that had to be taken off to see it, outermost first: `["gzip", "json", "base64"]`.
  package let layers: [String]
  /// A keyed hash of the thing found, equal for equal things on one installation; 32 hexadecimal digits.
  package let fingerprint: String?
  /// Of what, where it is a table of records; its things are findings, too, as far as they are told one by one.
  package let table: FoundTable?
  /// Where it stands in a table of the user's own, for a value of one.
  package let ownRow: OwnRow?
  /// So many things of the detector's that are told together, since as many as help are told one by one; `nil` where it is
  /// one thing.
  package let more: Int?
  /// The entry of the policy by which this very thing was let through.
  package var allowedBy: RuleReference?

  /// - Parameter severity: the class's own, where nobody said otherwise.
  package init(
    detector: String, dataClass: DataClass, grade: Grade, severity: Severity? = nil, place: Place, span: Span,
    layers: [String] = [], fingerprint: String? = nil, table: FoundTable? = nil, ownRow: OwnRow? = nil, more: Int? = nil
  ) {
    self.detector = detector
    self.dataClass = dataClass
    self.grade = grade
    self.severity = severity ?? dataClass.severity
    self.place = place
    self.span = span
    self.layers = layers
    self.fingerprint = fingerprint
    self.table = table
    self.ownRow = ownRow
    self.more = more
  }

  /// The part of a message that a span counts in.
  package enum Place: Sendable, Hashable {
    /// Path and query as they were sent.
    case requestTarget
    /// The value of a header field, by its lower-case name.
    case header(String)
    /// The body as it was sent, so compressed where it was sent compressed; for a WebSocket, one message.
    case body
    /// The value of a trailer field, by its lower-case name.
    case trailer(String)
    /// A name asked of the resolver.
    case domainName
    /// The body of the answer as it came; of a WebSocket, the server's messages one after the other, each with a line
    /// end behind it.
    case answer
  }
}
