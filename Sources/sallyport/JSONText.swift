internal import Evidence

/// Values as the lines of JSON that `--json` prints.
enum JSONText {
  static func of(_ value: JSONValue) throws -> String {
    String(decoding: try CanonicalJSON.encode(value), as: UTF8.self) + "\n"
  }
}
