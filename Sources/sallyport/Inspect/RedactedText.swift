internal import ArgumentParser
internal import Decoding
internal import Evidence
internal import FileInspection
internal import Inspection
internal import Presentation

/// A text without what was found in it.
enum RedactedText {
  /// Prints it, or ends with a sentence that says why that cannot be done.
  static func print(_ path: String, _ detectors: DetectorSet, _ filter: FindingFilter) throws {
    let bytes = try OneText.bytes(of: path)
    let inspected = bytes.withUnsafeBytes { detectors.inspect($0, place: .body) }
    if let issue = inspected.findings.first(where: { $0.dataClass == .opaque }) {
      throw refusal(path, .notLookedInto(issue.detector))
    }
    let wanted = inspected.findings.filter(filter.takes)
    if wanted.isEmpty { return Message.result(bytes: bytes) }
    // What says nothing of its form is taken for text, JSON where it is JSON.
    let isJSON = (try? JSONParser.parse(bytes)) != nil
    let content = ContentDescription(contentType: isJSON ? "application/json" : "text/plain")
    do {
      let redacted = try detectors.redact(bytes, content: content) { filter.takes($0.dataClass, $0.grade) }
      Message.result(bytes: redacted.bytes)
    } catch {
      throw refusal(path, error)
    }
  }

  private static func refusal(_ path: String, _ failure: RedactionFailure) -> ExitCode {
    Exit.configuration.end(
      "\(path): what was found cannot be replaced with certainty: \(sentence(failure)) Nothing was printed.")
  }

  private static func sentence(_ failure: RedactionFailure) -> String {
    switch failure {
    case .tooLarge: "the text is larger than \(RedactionFailure.mostBytes >> 20) MB. Split it."
    case .tooMany: "there are more than \(RedactionFailure.mostThings.grouped) things in it. Split it."
    case .notLookedInto(let issue): "not all of it could be looked into (\(issue))."
    case .form: "it is binary, not in UTF-8, or JSON of too many levels."
    case .place: "some of it stands where nothing else can be put, as under compression or in a signed text."
    case .remains: "some of it would still be found afterwards."
    }
  }
}
