internal import Evidence

/// The files that messages were compared with, and what was left out.
struct IndexedFiles: Hashable {
  var files = 0
  var lines = 0
  var bytes = 0
  /// The first of them, with why: `binary`, `too-large`, …
  var leftOut: [LeftOut] = []
  /// All of them.
  var leftOutCount = 0

  struct LeftOut: Hashable {
    let path: String
    let reason: String
  }
}

extension IndexedFiles: JSONRepresentable {
  var json: JSONValue {
    [
      "files": .integer(files), "lines": .integer(lines), "bytes": .integer(bytes),
      "leftOut": .array(leftOut.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
      "leftOutCount": .integer(leftOutCount),
    ]
  }
}
