internal import Documents
package import Evidence
internal import Yams

#if canImport(Glibc)
  internal import Glibc
#endif

/// The detectors of a catalogue: one YAML file each.
package enum DetectorRules {
  /// Reads every `*.yaml` of a directory, in the order of their names.
  ///
  /// - Throws: ``DetectorFileError`` with file and line of the first thing that is wrong.
  package static func load(from directory: String) throws(DetectorFileError) -> [DetectorRule] {
    var rules: [DetectorRule] = []
    for name in try names(in: directory) {
      let path = directory + "/" + name
      let rule = try DetectorFile(name: name, text: try read(path)).rule()
      guard name == rule.id + ".yaml" else {
        throw DetectorFileError(
          file: name, line: 1, sentence: "the detector calls itself '\(rule.id)'",
          remedy: "name the file \(rule.id).yaml")
      }
      rules.append(rule)
    }
    return rules
  }

  /// Reads one detector from its file's text.
  package static func parse(_ text: String, file: String) throws(DetectorFileError) -> DetectorRule {
    try DetectorFile(name: file, text: text).rule()
  }

  private static func names(in directory: String) throws(DetectorFileError) -> [String] {
    guard let handle = opendir(directory) else {
      throw DetectorFileError(
        file: directory, line: 1, sentence: "the directory cannot be read: \(String(cString: strerror(errno)))",
        remedy: "install the catalogue there")
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
      guard names.count <= CatalogLimits.files else {
        throw DetectorFileError(
          file: directory, line: 1, sentence: "the directory has more than \(CatalogLimits.files) files",
          remedy: "name a directory of detectors")
      }
    }
    return names.sorted()
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
