package import Evidence

/// A text in which each finding is replaced by its detector's name, for records that hold no content.
package struct MaskedText {
  package let text: String

  /// - Parameter findings: with spans in the text.
  package init(_ text: String, _ findings: some Sequence<Finding>) {
    let bytes = Array(text.utf8)
    var masked: [UInt8] = []
    var offset = 0
    for finding in findings.sorted(by: { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) })
    where finding.span.end > offset && finding.span.start <= bytes.count {
      masked += bytes[offset..<max(offset, finding.span.start)] + Array("<\(finding.detector)>".utf8)
      offset = min(finding.span.end, bytes.count)
    }
    masked += bytes[offset...]
    self.text = String(decoding: masked, as: UTF8.self)
  }
}
