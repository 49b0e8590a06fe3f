internal import ArgumentParser
internal import Decoding
internal import Evidence
internal import FileInspection
internal import Inspection

/// A text without what was found in it.
enum RedactedText {
  /// Prints it, or ends with a sentence that says why that cannot be done.
  static func print(_ path: String, _ detectors: DetectorSet, _ filter: FindingFilter) throws {
    let bytes = try OneText.bytes(of: path)
    let inspected = bytes.withUnsafeBytes { detectors.inspect($0, place: .body) }
    let wanted = inspected.findings.filter(filter.takes)
    if wanted.isEmpty { return Message.result(bytes: bytes) }
    // What says nothing of its form is taken for text, JSON where it is JSON.
    let isJSON = (try? JSONParser.parse(bytes)) != nil
    let content = ContentDescription(contentType: isJSON ? "application/json" : "text/plain")
    guard let redacted = detectors.redact(bytes, content: content, findings: wanted) else {
      throw Exit.configuration.end(
        "\(path): what was found cannot be replaced with certainty: it is binary, or under compression. "
          + "Nothing was printed.")
    }
    Message.result(bytes: redacted.bytes)
  }
}
