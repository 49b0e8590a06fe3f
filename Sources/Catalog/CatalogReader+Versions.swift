internal import Documents

extension CatalogReader {
  /// Where an agent's release can be read.
  mutating func versionClues(_ node: DocumentNode?) -> [VersionClue] {
    guard let node else { return [] }
    return reading.list(node, of: "places where a version stands").compactMap { node in
      let fields = reading.fields(
        node, keys: CatalogKeys.versionClue, required: ["source"], of: "a place where a version stands")
      let ways = fields.keys.filter { $0 != "source" }
      guard ways.count == 1 else {
        reading.report(
          node.place, found: ways.isEmpty ? "no place" : "several places: \(ways.sorted().joined(separator: ", "))",
          expected: "one of \(DocumentReader.list(CatalogKeys.versionClue.dropLast()))")
        return nil
      }
      guard let way = versionWay(fields), let source = source(fields) else { return nil }
      return VersionClue(way: way, source: source)
    }
  }

  private mutating func versionWay(_ fields: [String: DocumentNode]) -> VersionClue.Way? {
    if let node = fields["python"] {
      return reading.text(node, as: "the name of a Python distribution").map { .python(distribution: $0) }
    }
    if let node = fields["npm"] {
      return reading.text(node, as: "the name of an npm package").map { .npm(package: $0) }
    }
    if let node = fields["path"] {
      return reading.value(node, as: "a path that begins with / or ~/ and holds {version} once") { text in
        let isPath = (text.hasPrefix("/") || text.hasPrefix("~/")) && !text.split(separator: "/").contains("..")
        return isPath ? VersionPattern(text).map { .path($0) } : nil
      }
    }
    return fields["user-agent"].flatMap { node in
      reading.value(node, as: "a product such as tool-cli/{version}") { VersionPattern($0).map { .userAgent($0) } }
    }
  }
}
