internal import Catalog
internal import Glibc

/// A prefix under which Python keeps distributions: a virtual environment (PEP 405), a user's own, or the system's.
struct PythonEnvironment {
  let prefix: String

  /// The environments that a program's interpreter looks in, its own first.
  static func of(_ program: AgentProgram, home: String) -> [PythonEnvironment] {
    let interpreter = program.chain.first { path in
      ["python", "pypy"].contains { FilePaths.name(path).hasPrefix($0) }
    }
    var prefixes: [String] = []
    if let interpreter {
      let prefix = FilePaths.parent(FilePaths.parent(interpreter))
      // Only an interpreter of no virtual environment looks among the user's own packages, and before its own (PEP 370).
      prefixes = FilePaths.exists("\(prefix)/pyvenv.cfg") ? [prefix] : ["\(home)/.local", prefix]
    }
    prefixes += program.chain.map { FilePaths.parent(FilePaths.parent($0)) }
    var seen: Set<String> = []
    return prefixes.filter { seen.insert($0).inserted }.map(PythonEnvironment.init)
  }

  /// The version of a distribution, as its `METADATA` states it.
  func version(of distribution: String) -> String? {
    let wanted = Self.normalised(distribution)
    for directory in packageDirectories {
      for name in FilePaths.names(in: directory, limit: RunLimits.directoryEntries) {
        guard name.hasSuffix(".dist-info"), let dash = name.dropLast(10).lastIndex(of: "-"),
          Self.normalised(String(name[..<dash])) == wanted,
          let version = Self.version(inMetadata: "\(directory)/\(name)/METADATA", of: wanted)
        else { continue }
        return version
      }
    }
    return nil
  }

  /// `lib/python3.12/site-packages` and what Debian has in its place.
  private var packageDirectories: [String] {
    ["lib", "lib64"].flatMap { library in
      FilePaths.names(in: "\(prefix)/\(library)", limit: RunLimits.directoryEntries)
        .filter { $0.hasPrefix("python") || $0.hasPrefix("pypy") }.sorted(by: >).flatMap { python in
          ["site-packages", "dist-packages"].map { "\(prefix)/\(library)/\(python)/\($0)" }
        }
    }
  }

  /// The header of core metadata, which ends at the first empty line.
  private static func version(inMetadata path: String, of wanted: String) -> String? {
    guard let bytes = FilePaths.bytes(path, limit: RunLimits.metadataBytes) else { return nil }
    var name: String?
    var version: String?
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      guard let text = String(validating: line, as: UTF8.self) else { continue }
      if text.isEmpty || text == "\r" { break }
      if name == nil { name = value(of: "name", in: text) }
      if version == nil { version = value(of: "version", in: text) }
    }
    guard let name, normalised(name) == wanted else { return nil }
    return version.flatMap(VersionText.whole)
  }

  private static func value(of field: String, in line: String) -> String? {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == field else { return nil }
    return parts[1].split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  /// Lower case, with one hyphen for each run of `-`, `_` and `.` (PEP 503).
  private static func normalised(_ name: String) -> String {
    name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
  }
}
