internal import Evidence
internal import Inspection
internal import Wire

/// Looks at a message's method, target and fields, and says for each finding where it stands.
struct HeadInspection {
  /// The findings, and the bytes that were looked at in the counting of ``Captured/headBytes``.
  let result: ([Finding], Int)

  init(of captured: Captured, with detectors: DetectorSet) {
    guard !captured.isBodyOnly else {
      // A name that is resolved and connected to leaves, too.
      let name = captured.protocolName == .bytes ? captured.authority : nil
      result = (name.map { detectors.inspect($0, place: .domainName) } ?? [], 0)
      return
    }
    var lines = HeadLines(of: captured.fields)
    lines.append(target: captured.target, method: captured.method)
    for field in captured.fields + captured.hostField { lines.append(field) }
    let found = lines.findings(by: detectors) { $0 == HeadLines.path ? .requestTarget : .header($0) }
    // Of the two separators before the fields only the one after the method counts.
    result = (found, lines.bytes - 1)
  }

  /// The same of trailers.
  static func of(
    _ fields: [HTTPField], with detectors: DetectorSet, place: (String) -> Finding.Place
  ) -> ([Finding], Int) {
    var lines = HeadLines(of: fields)
    for field in fields { lines.append(field) }
    return (lines.findings(by: detectors, place: place), lines.bytes)
  }
}
