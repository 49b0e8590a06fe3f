internal import Documents
internal import Evidence
package import Policy

/// Where a run's policy comes from: the file that was named, else `sallyport.yaml` here or above, else the built-in
/// posture `control`.
package enum PolicySource {
  private static let fileName = "sallyport.yaml"

  /// That of the directory that we are in.
  ///
  /// - Throws: as above; ``RunError`` with `.usage` where that directory was deleted.
  package static func loadHere(_ named: String?, known: KnownNames) throws(RunError) -> PolicyDocument {
    try load(named, workingDirectory: try FilePaths.currentDirectory(), known: known)
  }

  /// The policy with the owners of the files of the directory that we are in, where it asks for them.
  ///
  /// - Throws: ``RunError`` with `.configuration`, or `.usage` where that directory was deleted.
  package static func ownedHere(_ policy: PolicyDocument) throws(RunError) -> PolicyDocument {
    try WorkspaceOwners.applied(to: policy, in: try FilePaths.currentDirectory())
  }

  /// What is true of a run that would start here.
  package static var placeHere: Question.Place {
    let home = ProcessEnvironment.current["HOME"].flatMap(FilePaths.canonical)
    let directory = try? FilePaths.currentDirectory()
    return Question.Place(
      workspace: directory.map { FilePaths.canonical($0) ?? $0 }, hostname: HostName.current, home: home)
  }

  /// Says that a file which a question speaks of is not there; `nil` where it is.
  package static func absence(of path: String) -> String? {
    let absolute = FilePaths.absolute(path)
    guard !FilePaths.exists(absolute) else { return nil }
    let beside = FilePaths.names(in: FilePaths.parent(absolute), limit: RunLimits.suggestedNames).sorted()
    let nearest = NearestWord.to(String(FilePaths.name(absolute)), among: beside)
    let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
    return "--source \(path): there is no such file; it is tried as if there were.\(hint)"
  }

  /// Looks for what a policy names beside itself and every run with it needs.
  ///
  /// - Returns: the policy with the owners of this directory's files, where it asks for them.
  /// - Throws: ``RunError`` with `.programMissing` or `.configuration`.
  package static func checkingNamedFiles(of policy: PolicyDocument) throws(RunError) -> PolicyDocument {
    let home = ProcessEnvironment.current["HOME"] ?? "/"
    _ = try UpstreamAuthorities.files(RunOptions(command: []), policy, home: home)
    return try ownedHere(policy)
  }

  /// What a policy says without effect, by itself and in the workspace that we are in, if it is one.
  package static func warningsHere(of policy: PolicyDocument) -> [PolicyWarning] {
    let ended = policy.endedWarnings(at: WallClock.system.now())
    let warnings = policy.warnings + ended + UnmatchedPatterns.warnings(of: policy, at: placeHere)
    return warnings.sorted { $0.place.line < $1.place.line }
  }

  /// - Throws: ``RunError`` with `.configuration`: every problem of the file, a line each.
  ///   `.programMissing` where there is no file of that name.
  package static func load(
    _ named: String?, workingDirectory: String, known: KnownNames = KnownNames()
  ) throws(RunError) -> PolicyDocument {
    guard let path = named ?? nearest(from: workingDirectory) else { return .builtIn(.control) }
    guard !path.isEmpty else {
      throw RunError(
        .usage, at: "the policy", "the name of its file is empty.",
        remedy: "Name one, or none for the one in force here.")
    }
    let text: String
    do throws(FileProblem) {
      text = try RegularFile.text(path, limit: DocumentLimits.bytes)
    } catch {
      guard error.code != .missing else { throw absentFile(path) }
      throw RunError(.configuration, at: path, "\(error.sentence).", remedy: "A policy is a file of YAML text.")
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw RunError(
        .configuration, at: path, "is empty.", remedy: "A policy begins with `version: 1`; sallyport init writes one.")
    }
    switch PolicyDocument.parse(text, file: path, known: known) {
    case .success(let document): return document
    case .failure(let errors): throw RunError(.configuration, at: "", errors.description)
    }
  }

  private static func absentFile(_ path: String) -> RunError {
    guard FilePaths.isLink(path), let target = FilePaths.linkText(path) else {
      return RunError(.programMissing, at: path, "no such policy file.", remedy: "Make one with: sallyport init")
    }
    return RunError(
      .programMissing, at: path, "is a link to \(target), which is not there.",
      remedy: "Mend the link, or remove it to run without this file.")
  }

  /// The file that governs a directory: its own, else that of the nearest directory above. A link that leads nowhere is
  /// somebody's policy too, which cannot be read.
  private static func nearest(from directory: String) -> String? {
    var directory = directory
    while true {
      let candidate = directory == "/" ? "/\(fileName)" : "\(directory)/\(fileName)"
      if FilePaths.exists(candidate) || FilePaths.isLink(candidate) { return candidate }
      guard directory != "/" else { return nil }
      directory = FilePaths.parent(directory)
    }
  }
}
