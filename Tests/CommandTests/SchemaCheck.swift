internal import Evidence

/// Holds a value against a JSON Schema (Draft 2020-12), as far as ours use it; every other keyword is a complaint.
struct SchemaCheck {
  let schema: JSONValue

  /// What is wrong with a value; empty where nothing is. Members that the schema does not describe are wrong too.
  func complaints(_ value: JSONValue) -> [String] { complaints(value, schema, at: "$") }

  private static let remarks: Set = ["$schema", "$id", "$defs", "title", "description", "examples"]

  private func complaints(_ value: JSONValue, _ rule: JSONValue, at place: String) -> [String] {
    guard let members = rule.object else { return ["\(place): the schema is no object"] }
    return members.flatMap { keyword, wanted in
      Self.remarks.contains(keyword) ? [] : complaints(value, keyword, wanted, members, at: place)
    }
  }

  private func complaints(
    _ value: JSONValue, _ keyword: String, _ wanted: JSONValue, _ rule: [String: JSONValue], at place: String
  ) -> [String] {
    switch keyword {
    case "$ref": return complaints(value, referred(wanted.string ?? ""), at: place)
    case "oneOf":
      let found = (wanted.array ?? []).map { complaints(value, $0, at: place) }
      if found.count(where: \.isEmpty) == 1 { return [] }
      return found.min { $0.count < $1.count } ?? ["\(place): none of nothing"]
    case "const": return value == wanted ? [] : ["\(place): \(value) is not \(wanted)"]
    case "enum": return wanted.array?.contains(value) == true ? [] : ["\(place): \(value) is none of \(wanted)"]
    case "type": return Self.isOf(value, wanted.string ?? "") ? [] : ["\(place): \(value) is no \(wanted)"]
    case "minimum", "maximum":
      guard let number = value.integer, let bound = wanted.integer else { return [] }
      return (keyword == "minimum" ? number >= bound : number <= bound) ? [] : ["\(place): \(number) is out of bounds"]
    case "minItems": return (value.array?.count ?? 0) >= (wanted.integer ?? 0) ? [] : ["\(place): too few items"]
    case "pattern":
      guard let text = value.string, let pattern = try? Regex(wanted.string ?? "") else { return ["\(place): no text"] }
      return text.contains(pattern) ? [] : ["\(place): \(text) does not match \(wanted)"]
    case "required":
      let names = (wanted.array ?? []).compactMap(\.string)
      return names.filter { value[$0] == nil }.map { "\(place): \($0) is missing" }
    case "items":
      return (value.array ?? []).enumerated().flatMap { complaints($0.element, wanted, at: "\(place)[\($0.offset)]") }
    case "properties", "additionalProperties":
      return keyword == "properties" || rule["properties"] == nil ? members(value, rule, at: place) : []
    default: return ["\(place): nobody checks \(keyword)"]
    }
  }

  private func members(_ value: JSONValue, _ rule: [String: JSONValue], at place: String) -> [String] {
    (value.object ?? [:]).flatMap { name, member -> [String] in
      guard let wanted = rule["properties"]?[name] ?? rule["additionalProperties"] else {
        return ["\(place).\(name): the schema does not describe it"]
      }
      return complaints(member, wanted, at: "\(place).\(name)")
    }
  }

  private func referred(_ reference: String) -> JSONValue {
    schema["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .null
  }

  private static func isOf(_ value: JSONValue, _ type: String) -> Bool {
    switch type {
    case "object": value.object != nil
    case "array": value.array != nil
    case "string": value.string != nil
    case "integer": value.integer != nil
    case "boolean": value.bool != nil
    default: false
    }
  }
}
