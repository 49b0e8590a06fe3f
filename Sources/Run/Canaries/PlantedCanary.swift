package import Evidence

/// One canary that was planted: what it pretends to be, and where it lies.
///
/// Its tokens never print themselves: they are known to the file that keeps them and to the detectors.
package struct PlantedCanary: Sendable {
  /// `c_` and eight hexadecimal digits.
  package let id: String
  package let kind: CanaryKind
  package let label: String?
  /// Absolute, without links.
  package let path: String
  package let planted: Timestamp
  let tokens: Secret<[String]>

  /// What detectors look for.
  package var tokenBytes: [[UInt8]] { tokens.withValue { $0.map { Array($0.utf8) } } }
}

extension PlantedCanary {
  /// As the file keeps it, with its tokens.
  var kept: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "kind": .string(kind.rawValue), "path": .string(path),
      "planted": .integer(Int(planted.millisecondsSinceEpoch)),
      "tokens": tokens.withValue { .array($0.map { .string($0) }) },
    ]
    members["label"] = label.map { .string($0) }
    return .object(members)
  }

  /// - Returns: `nil` for what is none.
  init?(kept value: JSONValue) {
    guard let id = value["id"]?.string, let kind = value["kind"]?.string.flatMap(CanaryKind.init),
      let path = value["path"]?.string, path.hasPrefix("/"), case .integer(let planted)? = value["planted"],
      case .array(let items)? = value["tokens"]
    else { return nil }
    let tokens = items.compactMap(\.string)
    guard !tokens.isEmpty, tokens.count == items.count, tokens.allSatisfy({ (8...512).contains($0.utf8.count) })
    else { return nil }
    self.init(
      id: id, kind: kind, label: value["label"]?.string, path: path,
      planted: Timestamp(millisecondsSinceEpoch: Int64(planted)), tokens: Secret(tokens))
  }
}
