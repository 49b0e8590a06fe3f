internal import Crypto
internal import Enforcement
internal import Evidence
internal import Inspection
internal import Ledger

/// One value that was taken out, sealed with ChaCha20-Poly1305 (RFC 8439) for its run.
enum SealedRecord {
  /// - Returns: a line of base64 without its end.
  static func seal(_ entry: RedactionMapping.Entry, of run: String, with key: SymmetricKey) -> [UInt8]? {
    let members: [String: JSONValue] = [
      "class": .string(entry.kind.dataClass.rawValue), "detector": .string(entry.kind.detector),
      "grade": .string(entry.kind.grade.rawValue), "host": .string(entry.destination.host),
      "placeholder": .string(String(decoding: entry.placeholder, as: UTF8.self)),
      "port": .integer(Int(entry.destination.port)),
      "value": .string(entry.value.withValue { Base64.encode($0) }),
    ]
    guard let text = try? CanonicalJSON.encode(.object(members)),
      let box = try? ChaChaPoly.seal(text, using: key, authenticating: Array(run.utf8))
    else { return nil }
    return Array(Base64.encode(Array(box.combined)).utf8)
  }

  /// - Returns: `nil` for what was changed, belongs to another run, or was sealed with another key.
  static func open(_ line: [UInt8], of run: String, with key: SymmetricKey) -> RedactionMapping.Entry? {
    guard let combined = Base64.decode(String(decoding: line, as: UTF8.self)),
      let box = try? ChaChaPoly.SealedBox(combined: combined),
      let text = try? ChaChaPoly.open(box, using: key, authenticating: Array(run.utf8)),
      let record = try? JSONParser.parse(Array(text)), let detector = record["detector"]?.string,
      let dataClass = record["class"]?.string.flatMap(DataClass.init),
      let grade = record["grade"]?.string.flatMap(Grade.init),
      let host = record["host"]?.string, let placeholder = record["placeholder"]?.string,
      case .integer(let number)? = record["port"], let port = UInt16(exactly: number),
      let value = record["value"]?.string.flatMap({ Base64.decode($0) })
    else { return nil }
    return RedactionMapping.Entry(
      destination: Destination(host: host, port: port),
      kind: RedactedKind(detector: detector, dataClass: dataClass, grade: grade), placeholder: Array(placeholder.utf8),
      value: Secret(value))
  }
}
