package import Evidence

/// What an index says of itself.
package struct IndexedRoot: Sendable, Hashable {
  /// As the system has it, without links.
  package let path: String
  package let name: String
  /// Public code whose fingerprints were taken out.
  package let publicPaths: [String]
  /// What the public code was, as one number.
  let publicStamp: UInt64
  /// Which directory it is, wherever it was moved, as a keyed hash; 0 where that is not known.
  let folder: UInt64
  package let indexed: Timestamp
  package var files = 0
  package var lines = 0
  package var bytes = 0
  /// Of both kinds.
  package var fingerprints = 0
  /// Files that are not in it, by the reason.
  package var leftOut: [LeftOut: Int] = [:]

  /// Why a file is not in an index.
  package enum LeftOut: String, Sendable, Hashable, CaseIterable {
    case binary
    case tooLarge = "too-large"
    case unreadable
    /// Made by a program out of other files.
    case generated
    /// A licence, whole.
    case licence
    /// In a folder for other people's code, such as `node_modules`; folders are counted, not files.
    case others
  }

  package init(
    path: String, name: String, publicPaths: [String] = [], publicStamp: UInt64 = 0, folder: UInt64 = 0,
    indexed: Timestamp
  ) {
    self.path = path
    self.name = name
    self.publicPaths = publicPaths
    self.publicStamp = publicStamp
    self.folder = folder
    self.indexed = indexed
  }
}

extension IndexedRoot: JSONRepresentable {
  package var json: JSONValue {
    let leftOut = leftOut.map { ($0.key.rawValue, JSONValue.integer($0.value)) }
    return [
      "path": .string(path), "name": .string(name), "public": .array(publicPaths.map { .string($0) }),
      "indexed": .string("\(indexed)"), "files": .integer(files), "lines": .integer(lines), "bytes": .integer(bytes),
      "fingerprints": .integer(fingerprints), "leftOut": .object(Dictionary(uniqueKeysWithValues: leftOut)),
    ]
  }

  /// What lies in the file: as ``json``, with what only the next indexing wants to know.
  var stored: JSONValue {
    guard case .object(var members) = json else { return json }
    members["publicStamp"] = .string(String(publicStamp, radix: 16))
    members["folder"] = .string(String(folder, radix: 16))
    members["indexed"] = .integer(Int(indexed.millisecondsSinceEpoch))
    return .object(members)
  }

  init?(stored value: JSONValue) {
    guard let path = value["path"]?.string, let name = value["name"]?.string,
      let publicPaths = value["public"]?.array?.compactMap(\.string),
      let stamp = value["publicStamp"]?.string.flatMap({ UInt64($0, radix: 16) }),
      let indexed = value["indexed"]?.integer, let leftOut = value["leftOut"]?.object
    else { return nil }
    self.init(
      path: path, name: name, publicPaths: publicPaths, publicStamp: stamp,
      folder: value["folder"]?.string.flatMap { UInt64($0, radix: 16) } ?? 0,
      indexed: Timestamp(millisecondsSinceEpoch: Int64(indexed)))
    let numbers = ["files", "lines", "bytes", "fingerprints"].compactMap { value[$0]?.integer }
    guard numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    (files, lines, bytes, fingerprints) = (numbers[0], numbers[1], numbers[2], numbers[3])
    for (reason, count) in leftOut {
      if let reason = LeftOut(rawValue: reason), let count = count.integer { self.leftOut[reason] = count }
    }
  }
}
