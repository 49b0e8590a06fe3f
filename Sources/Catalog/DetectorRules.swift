internal import Documents
package import Evidence
internal import Yams

#if canImport(Glibc)
  internal import Glibc
#endif

/// The detectors of a catalogue: one YAML file each, directly in its directory or in folders there.
package enum DetectorRules {
  /// Reads every `*.yaml` of a directory and of the folders in it, in the order of their names.
  ///
  /// - Parameter classes: those wanted; `nil` for all. A folder with the name of another class is not read.
  /// - Throws: ``DetectorFileError`` with file and line of the first thing that is wrong.
  package static func load(
    from directory: String, classes: Set<DataClass>? = nil
  ) throws(DetectorFileError) -> [DetectorRule] {
    let others = classes.map { Set(DataClass.allCases).subtracting($0).map(\.rawValue) } ?? []
    var rules: [DetectorRule] = []
    for file in try files(in: directory) where !others.contains(where: { file.hasPrefix("\($0)/") }) {
      let path = directory + "/" + file
      let folder = file.lastIndex(of: "/").map { directory + "/" + file[..<$0] } ?? directory
      rules.append(try named(path, DetectorFile(name: path, text: read(path)).rule(in: folder)))
    }
    return rules.filter { classes?.contains($0.dataClass) ?? true }
  }

  /// Reads one detector from its file's text, which names no other file.
  package static func parse(_ text: String, file: String) throws(DetectorFileError) -> DetectorRule {
    try DetectorFile(name: file, text: text).rule()
  }

  /// A detector is found by its name: the file's is the same.
  private static func named(_ file: String, _ rule: DetectorRule) throws(DetectorFileError) -> DetectorRule {
    guard file == rule.id + ".yaml" || file.hasSuffix("/\(rule.id).yaml") else {
      throw DetectorFileError(
        file: file, line: 1, sentence: "the detector calls itself '\(rule.id)'",
        remedy: "name the file \(rule.id).yaml")
    }
    return rule
  }

  private static func files(in directory: String) throws(DetectorFileError) -> [String] {
    var files: [String] = []
    for entry in try entries(of: directory) {
      if entry.name.hasSuffix(".yaml") {
        files.append(entry.name)
      } else if entry.isDirectory {
        files += try entries(of: directory + "/" + entry.name).map(\.name).filter { $0.hasSuffix(".yaml") }
          .map { entry.name + "/" + $0 }
      }
      guard files.count <= CatalogLimits.files else { throw tooMany(directory) }
    }
    return files.sorted()
  }

  private static func entries(of directory: String) throws(DetectorFileError) -> [(name: String, isDirectory: Bool)] {
    guard let handle = opendir(directory) else {
      throw DetectorFileError(
        file: directory, line: 1, sentence: "the directory cannot be read: \(String(cString: strerror(errno)))",
        remedy: "install the catalogue there")
    }
    defer { closedir(handle) }
    var entries: [(name: String, isDirectory: Bool)] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { entries.append((name, entry.pointee.d_type == DT_DIR)) }
      guard entries.count <= CatalogLimits.files else { throw tooMany(directory) }
    }
    return entries
  }

  private static func tooMany(_ directory: String) -> DetectorFileError {
    DetectorFileError(
      file: directory, line: 1, sentence: "the directory has more than \(CatalogLimits.files) files",
      remedy: "name a directory of detectors")
  }

  private static func read(_ path: String) throws(DetectorFileError) -> String {
    do throws(FileProblem) {
      return try RegularFile.text(path, limit: DocumentLimits.bytes)
    } catch {
      throw DetectorFileError(
        file: path, line: 1, sentence: "the file \(error.sentence)", remedy: "put a detector's YAML there, or nothing")
    }
  }
}
