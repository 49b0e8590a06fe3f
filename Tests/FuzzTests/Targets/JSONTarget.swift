internal import Evidence

@testable internal import Catalog

/// JSON from anywhere: what is read can be written, and is then read as the same.
enum JSONTarget {
  static func check(_ bytes: [UInt8]) throws {
    _ = JSONTopKeys(bytes).contains(all: ["model"])
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONParser.parse(bytes)
    } catch {
      return try demand((0...bytes.count).contains(error.offset), "an error at byte \(error.offset) of \(bytes.count)")
    }
    let text = try CanonicalJSON.encode(value)
    let again = try JSONParser.parse(text)
    try demand(try CanonicalJSON.encode(again) == text, "what we write is read as something else")
    guard case .object(let members) = value, !bytes.contains(UInt8(ascii: "\\")),
      bytes.count <= CatalogLimits.bodyPrefixBytes
    else { return }
    try demand(JSONTopKeys(bytes).contains(all: Array(members.keys)), "a name at the top is not seen")
  }
}
