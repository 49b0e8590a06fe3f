internal import Evidence
internal import Glibc

/// A run that ended, and what became of protected files in it.
struct ProtectedRun {
  let code: Int32
  let errors: String
  /// `path change outcome`, sorted.
  let lines: [String]
  let report: JSONValue
}

extension User {
  /// Runs a script inside, in the workspace, without a terminal: there is nobody to ask.
  ///
  /// - Parameters:
  ///   - place: where the script is written, in the workspace.
  ///   - base: the directory that paths of the result are below.
  func protectedRun(
    _ script: String, at place: String, policy: String?, options: String, variables: String = "", below base: String
  ) throws -> ProtectedRun {
    if let policy { try write("version: 1\n\(policy)\n", to: "sallyport.yaml") }
    try write(script, to: place)
    let outcome = try shell(
      "\(variables) setsid -w \"$SALLYPORT\" run \(options) --json \(root)/r.json -- /bin/bash \(place) < /dev/null")
    let report = try JSONParser.parse(try TextFile.read("\(root)/r.json"))
    let lines = (report["protected"]?.array ?? []).map { entry in
      let path = entry["path"]?.string?.dropFirst(base.count + 1) ?? ""
      return "\(path) \(entry["change"]?.string ?? "") \(entry["outcome"]?.string ?? "")"
    }
    return ProtectedRun(code: outcome.code, errors: outcome.errors, lines: lines.sorted(), report: report)
  }

  /// A file's text; `nothing` where there is none.
  func text(at path: String) -> String {
    access(path, F_OK) == 0 ? (try? TextFile.read(path)) ?? "?" : "nothing"
  }
}
