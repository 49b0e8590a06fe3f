internal import ArgumentParser
internal import Evidence
internal import FileInspection
internal import Fingerprints
internal import Glibc
internal import Inspection
internal import Patterns
internal import Presentation
internal import Run

struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Look for credentials and other sensitive data in files, in changes, or in what is piped in.",
    discussion: HelpText.flowing(
      """
      The same detectors look through the same layers of encoding as in a run. Nothing is sent anywhere, nothing is
      changed, and what is found is never printed: where it is, and what kind of thing.

      The organisation's own code is looked for where sallyport index made an index, outside of what was indexed; with
      --class proprietary everywhere. --redact and --explain do not look for it.

      A comment on the line, or alone on the line above, lets a finding stand: sallyport:allow(github-token) and why. A
      baseline lets stand what was there when it was written. Planted canaries are found wherever they are not planted.

      EXAMPLES
        sallyport inspect
        sallyport inspect src notes.md --exclude 'vendor/'
        git diff | sallyport inspect -
        sallyport inspect --staged                      # as .git/hooks/pre-commit
        sallyport inspect --range origin/main..HEAD --sarif > findings.sarif
        sallyport inspect --write-baseline .sallyport-baseline.json
        sallyport inspect --baseline .sallyport-baseline.json
        sallyport inspect --redact - < prompt.txt
        sallyport inspect --explain .env                # why something is found, or is not, and by what to allow it
        sallyport inspect --list --class credential
        wl-paste | sallyport inspect --class proprietary -   # is any of this ours?

      Exit codes: 0 nothing was found, 1 something was, 65 a detector, catalogue, baseline or index of code is wrong, or a
      text cannot be redacted, 66 something named is not there or something could not be looked into, whatever was found
      beside it, 73 a baseline cannot be written.
      """))

  @Argument(help: .init("Files and directories, or - for standard input; this directory if none.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .long, help: "Look at what is staged for the next commit, less what the last one has.")
  var staged = false

  @Option(
    name: .long, help: .init("Look at what these commits brought: main..HEAD, or HEAD for all.", valueName: "range"))
  var range: String?

  @Option(
    name: .customLong("class"),
    help: .init("Only data of this class; may be repeated.", valueName: "class"),
    completion: Choice.completion(DataClass.self))
  var classNames: [String] = []

  @Option(
    name: .customLong("grade"),
    help: .init("The least certain to tell: block, redact or note.", valueName: "grade"),
    completion: Choice.completion(Grade.self))
  var gradeName = Grade.redact.rawValue

  @Option(
    name: .long,
    help: .init("Leave out what this pattern covers, as in .gitignore; may be repeated.", valueName: "pattern"))
  var exclude: [String] = []

  @Option(name: .long, help: .init("Let stand what this file knows.", valueName: "file"))
  var baseline: String?

  @Option(name: .long, help: .init("Write what is found now into this file, for --baseline.", valueName: "file"))
  var writeBaseline: String?

  @Flag(name: .long, help: "Let comments in the files allow nothing.")
  var noComments = false

  @Option(name: .long, help: .init("Use the detectors of this catalogue too; may be repeated.", valueName: "dir"))
  var catalog: [String] = []

  @Flag(name: .long, help: "List the detectors, and look at nothing.")
  var list = false

  @Flag(name: .long, help: "Print the one file, or standard input, with what was found replaced.")
  var redact = false

  @Flag(name: .long, help: "Tell why each place of the one file, or of standard input, is a finding or none.")
  var explain = false

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Flag(name: .long, help: "Print a SARIF log.")
  var sarif = false

  @Flag(name: .long, help: "Show what was allowed, too.")
  var showAllowed = false

  @OptionGroup var colour: ColourOption

  private func classes() throws -> Set<DataClass> {
    Set(try classNames.map { try Choice.of(DataClass.self, $0, for: "--class") })
  }

  /// With those of credentials in any case: what they find in a file's name is not told with it.
  private func classesOfDetectors() throws -> Set<DataClass>? {
    let classes = try classes()
    if classes.isEmpty { return nil }
    return classes.union([.credential])
  }

  func validate() throws {
    _ = try filter()
    let kinds = [staged, range != nil, !paths.isEmpty].filter { $0 }.count
    if kinds > 1 { throw ValidationError("Name paths, or --staged, or --range: one of them.") }
    if json, sarif { throw ValidationError("--json and --sarif are two forms: choose one.") }
    if redact, list || sarif || json || writeBaseline != nil {
      throw ValidationError("--redact prints the text itself: leave out --list, --json, --sarif and --write-baseline.")
    }
    if redact, paths.count != 1 { throw ValidationError("--redact wants one file, or -.") }
    if list, staged || range != nil || !paths.isEmpty || !exclude.isEmpty || baseline != nil || writeBaseline != nil {
      throw ValidationError("--list looks at nothing: leave out all but --class, --catalog and --json.")
    }
    if list, sarif { throw ValidationError("--list has no form in SARIF: use --json.") }
    for (option, value) in [("baseline", baseline), ("write-baseline", writeBaseline), ("range", range)]
    where value?.isEmpty ?? false {
      throw ValidationError("--\(option) wants a name, not an empty one.")
    }
    if paths.contains("") { throw ValidationError("An empty path names nothing; . is this directory.") }
    if explain, paths.count != 1 || list || redact || sarif || baseline != nil || writeBaseline != nil {
      throw ValidationError("--explain wants one file, or -, and takes --json, --class and --catalog beside it.")
    }
    if paths.contains("-"), paths.count > 1 { throw ValidationError("- stands alone: standard input is one text.") }
    if !exclude.isEmpty, staged || range != nil { throw ValidationError("--exclude is for directories.") }
    for pattern in exclude where FilePattern(pattern) == nil {
      throw ValidationError("--exclude wants a pattern as in .gitignore, not '\(pattern)'.")
    }
    if let range, range.hasPrefix("-") { throw ValidationError("--range wants commits, not the option '\(range)'.") }
  }

  func run() async throws {
    do {
      let source = try DetectorSource.own(extra: catalog, terminal: colour.terminal(2))
      if list { return try show(try source.rules()) }
      if let writeBaseline { try Baseline.checkPlace(writeBaseline) }
      let known = try baseline.map { path throws(FileInspectionError) in try Baseline.read(path) }
      let key = known?.key ?? (writeBaseline == nil ? nil : Baseline.randomKey())
      let canaries = try CanaryStore.own().canaries()
      let detectors = try source.detectors(of: try classesOfDetectors(), key: key, planted: canaries)
      if redact { return try RedactedText.print(paths[0], detectors, try filter()) }
      if explain { return try show(explanationOf: paths[0], detectors) }
      try await inspect(detectors, source, known, key ?? [], canaries)
    } catch let error as RunError {
      throw Exit(error).end(error.description)
    } catch let error as FileInspectionError {
      throw Exit(error).end(error.description)
    }
  }

  private func show(explanationOf path: String, _ detectors: DetectorSet) throws {
    let classes = try classes()
    let bytes = try OneText.bytes(of: path)
    let candidates = detectors.explain(bytes).filter { classes.isEmpty || classes.contains($0.detector.dataClass) }
    let filter = try filter()
    let all = bytes.withUnsafeBytes { detectors.inspect($0, place: .body) }.findings
    let text = CandidatesText(path: path, bytes: bytes, candidates: candidates, findings: all.filter(filter.takes))
    if json {
      Message.result(try JSONText.of(text.json))
    } else {
      colour.print(text.lines(columns: colour.columns))
    }
    if let issue = all.first(where: { $0.dataClass == .opaque }) {
      throw Exit.missingInput.end("\(path): not all of it was looked into (\(issue.detector)).")
    }
  }

  private func filter() throws -> FindingFilter {
    let classes = try classes()
    return FindingFilter(
      classes: classes.isEmpty ? nil : classes, leastGrade: try Choice.of(Grade.self, gradeName, for: "--grade"),
      heedsComments: !noComments)
  }

  private func inspect(
    _ detectors: DetectorSet, _ source: DetectorSource, _ known: Baseline?, _ key: [UInt8],
    _ canaries: [PlantedCanary]
  ) async throws {
    let planted = PlantedCanaries(
      canaries.flatMap { canary in
        canary.tokenBytes.map { (fingerprint: detectors.fingerprint(of: $0), path: canary.path) }
      })
    let (ownCode, isWhole) = try OwnCodeChoice(
      paths: paths, ofRepository: staged || range != nil, classes: try classes()
    ).set()
    let inspector = FileInspector(
      detectors, filter: try filter(), baseline: known, planted: planted, ownCode: ownCode,
      knowsGaps: known != nil || writeBaseline != nil)
    let (sources, gaps, repository) = try chosen()
    let line = InspectionProgress(colour.terminal(2), of: sources.count)
    let report = try await inspector.inspect(sources, of: repository, gaps: gaps) { line.show($0) }
    line.clear()
    try hint(at: report.uncounted, source)
    if let writeBaseline {
      // What the one before knew is known to the one in its place.
      let known = report.findings.filter { $0.allowance == nil || $0.allowance == .baseline }
      try write(Baseline(key: key, of: known, gaps: report.gaps), to: writeBaseline)
    } else {
      try show(report, detectors)
    }
    let unseen = writeBaseline == nil ? report.openGaps : report.openGaps.filter { $0.content == nil }
    if writeBaseline != nil {
      for gap in unseen {
        Message.error("\(gap.path): was not looked into, and is not in the baseline: \(gap.reason).")
      }
    }
    if !unseen.isEmpty { throw ExitCode(Exit.missingInput.rawValue) }
    // What an index that cannot be used would have found, nobody knows: that is no answer, whatever else was found.
    if !isWhole { throw ExitCode(Exit.configuration.rawValue) }
    if writeBaseline == nil, !report.open.isEmpty { throw ExitCode(1) }
  }

  private func show(_ report: FileInspectionReport, _ detectors: DetectorSet) throws {
    let named = (detectors.rules + Self.builtIn).map { ($0.id, $0.name) } + [("planted-canary", "Planted canary")]
    let names = Dictionary(named) { first, _ in first }
    if json {
      Message.result(try JSONText.of(report.json))
    } else if sarif {
      Message.result(try JSONText.of(FileFindingsSARIF(report, names: names).json))
    } else {
      colour.print(FileFindingsText(report, names: names, showsAllowed: showAllowed).lines(columns: colour.columns))
    }
  }

  /// Says why comments do not count.
  private func hint(at comments: [UncountedComment], _ source: DetectorSource) throws {
    let sentences = try CommentHints.sentences(comments) {
      (try source.rules() + Self.builtIn).map(\.id) + DataClass.allCases.map(\.rawValue)
    }
    for sentence in sentences { Message.error(sentence) }
  }

  /// Detectors that are no files.
  private static let builtIn = OwnCodeDetector.rules + RecordDetector.rules + OwnTableDetector.rules

  private func chosen() throws -> ([FileSource], [FileInspectionReport.Gap], GitRepositoryPlace?) {
    if staged || range != nil {
      let place = GitRepositoryPlace(directory: ".", variables: ProcessEnvironment.current)
      let changes = try range.map { try GitChanges.range($0, in: place) } ?? GitChanges.staged(in: place)
      return (changes.sources, [], place)
    }
    if paths == ["-"] { return ([.standardInput(try StandardInput.bytes())], [], nil) }
    let walk = try FileWalk(paths.isEmpty ? ["."] : paths, excluding: exclude.compactMap { FilePattern($0) })
    return (walk.sources, walk.gaps, nil)
  }

  private func show(_ rules: [DetectorRule]) throws {
    let classes = try classes()
    let rules = (rules + Self.builtIn).filter { classes.isEmpty || classes.contains($0.dataClass) }
    if json { return Message.result(try JSONText.of(.array(rules.map(DetectorList.json)))) }
    colour.print(DetectorList.lines(rules, columns: colour.columns))
  }

  private func write(_ baseline: Baseline, to path: String) throws {
    // What came while files were read is not written over either.
    try Baseline.checkPlace(path)
    if let cause = baseline.write(to: path) {
      throw Exit.state.end(
        "\(path): the baseline cannot be written: \(String(cString: strerror(cause))). Name a place that is writable.")
    }
    Message.note("\(path): \(baseline.count.grouped) known. Say why in the commit that adds it.\n")
  }
}
