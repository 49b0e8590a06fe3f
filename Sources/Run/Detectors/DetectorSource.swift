internal import Catalog
package import Evidence
package import Inspection
package import Presentation

/// Where the detectors of this installation come from: those that Sallyport ships, and directories of the user's own.
package struct DetectorSource: Sendable {
  private let directories: [String]
  private let state: StateDirectory
  /// Where somebody may wait for what takes long.
  private let terminal: Terminal

  init(catalogDirectories: [String], state: StateDirectory, terminal: Terminal) {
    directories = catalogDirectories.map { "\($0)/detectors" }
    self.state = state
    self.terminal = terminal
  }

  /// Whether both read the same.
  func reads(as other: DetectorSource) -> Bool {
    directories == other.directories && state.cache == other.state.cache
  }

  /// Those of who runs this process.
  ///
  /// - Parameters:
  ///   - extra: catalogues of the user's own.
  ///   - terminal: of standard error, on which is said what takes long.
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set, `.configuration` without a catalogue or where one of
  ///   `extra` has no detectors, `.programMissing` where one is not there.
  package static func own(extra: [String] = [], terminal: Terminal = .file) throws(RunError) -> DetectorSource {
    for directory in extra { try OwnCatalog(directory: directory).check(needsDetectors: true) }
    let state = try StateDirectory.own()
    return DetectorSource(
      catalogDirectories: try CatalogSource.directories(extra: extra), state: state, terminal: terminal)
  }

  /// What the detectors' files say.
  ///
  /// - Parameter classes: those wanted of what Sallyport ships; `nil` for all. The user's own are always there.
  /// - Throws: ``RunError`` with `.configuration` where one is wrong, or one of the user's own does not find what its
  ///   file says.
  package func rules(of classes: Set<DataClass>? = nil) throws(RunError) -> [DetectorRule] {
    var rules: [DetectorRule] = []
    for (index, directory) in directories.enumerated() {
      // A user's own catalogue need not have detectors; the one that is shipped always has.
      guard index == 0 || FilePaths.isDirectory(directory) else { continue }
      if index == 0 {
        rules = try Self.load(directory, classes)
      } else {
        Self.add(try own(in: directory), to: &rules)
      }
    }
    return rules
  }

  /// The user's own: no test of ours has seen what their files say that they find.
  private func own(in directory: String) throws(RunError) -> [DetectorRule] {
    let rules = try Self.load(directory)
    do {
      try RuleExamples.check(rules, cacheDirectory: state.cache)
    } catch {
      throw Self.error(error)
    }
    return rules
  }

  /// What a file of the user's own says wrongly is told with its place.
  private static func error(_ error: DetectorError) -> RunError {
    let isInFile = [.pattern, .validator, .example].contains(error.code)
    return RunError(.configuration, at: isInFile ? "" : "detectors", "\(error)")
  }

  /// A detector of a later catalogue takes the place of an earlier one's with the same identifier.
  private static func add(_ later: [DetectorRule], to rules: inout [DetectorRule]) {
    let places = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
    for rule in later {
      if let place = places[rule.id] { rules[place] = rule } else { rules.append(rule) }
    }
  }

  private static func load(
    _ directory: String, _ classes: Set<DataClass>? = nil
  ) throws(RunError) -> [DetectorRule] {
    do {
      return try DetectorRules.load(from: directory, classes: classes)
    } catch {
      throw RunError(.configuration, at: "", "\(error)")
    }
  }

  /// Those that a run needs.
  struct OfRun: Sendable {
    let detectors: CompiledDetectors
    /// Those that answers are looked at with: for what is meant to steer a model or is hidden from people.
    let answers: CompiledDetectors?
  }

  private static let classesInAnswers: Set<DataClass> = [.hiddenText, .injection]

  /// What is kept of earlier runs, as far as no file has changed since; writes nothing.
  func keptOfRun() async -> OfRun? {
    let known = DetectorFiles(directories)
    async let answers = archive("answers").read(of: known)
    guard let all = archive("all").read(of: known), let answers = await answers else { return nil }
    return OfRun(detectors: all, answers: answers)
  }

  /// - Throws: ``RunError`` with `.configuration` or `.state`.
  func ofRun() throws(RunError) -> OfRun {
    let files = DetectorFiles(directories)
    let detectors = try compiled(nil, files)
    if let answers = archive("answers").read(of: files) { return OfRun(detectors: detectors, answers: answers) }
    let notice = CompilingNotice(terminal)
    do {
      let answers = try CompiledDetectors(
        of: Self.classesInAnswers, from: detectors, cacheDirectory: state.cache, willCompile: notice.show)
      if let answers { archive("answers").write(answers, of: files) }
      return OfRun(detectors: detectors, answers: answers)
    } catch {
      throw Self.error(error)
    }
  }

  private func archive(_ part: String) -> DetectorArchive {
    DetectorArchive(of: directories, part: part, in: state.cache)
  }

  /// The detectors, ready to look; compiled once, and kept.
  ///
  /// - Parameters:
  ///   - classes: those wanted of what Sallyport ships; `nil` for all.
  ///   - key: of the fingerprints; the installation's where there is none.
  ///   - planted: what somebody planted, which is looked for, too.
  /// - Throws: ``RunError`` with `.configuration` or `.state`.
  package func detectors(
    of classes: Set<DataClass>? = nil, key: [UInt8]? = nil, planted: [PlantedCanary] = []
  ) throws(RunError) -> DetectorSet {
    StateDirectory.makeIfPossible(state.keys)
    StateDirectory.makeIfPossible(state.cache)
    return try detectors(try compiled(classes, DetectorFiles(directories)), key: key, planted: planted)
  }

  /// - Parameter canaries: those of one run.
  /// - Throws: ``RunError`` with `.configuration` or `.state`.
  func detectors(
    _ compiled: CompiledDetectors, key: [UInt8]? = nil, canaries: [[UInt8]] = [], planted: [PlantedCanary]
  ) throws(RunError) -> DetectorSet {
    let own: [UInt8]
    if let key { own = key } else { own = try KeyFile.loadOrCreate("\(state.keys)/fingerprint.key") }
    let tables = try TableIndexPlace(state: state).tables()
    do {
      return try DetectorSet(
        compiled, canaries: canaries, planted: planted.flatMap(\.tokenBytes), ownTables: tables,
        fingerprintKey: Secret(own))
    } catch {
      throw Self.error(error)
    }
  }

  /// Detectors for answers, with the canaries and the key of a run's others.
  ///
  /// - Throws: ``RunError`` with `.configuration`.
  func answerDetectors(_ compiled: CompiledDetectors?, as detectors: DetectorSet) throws(RunError) -> DetectorSet? {
    guard let compiled else { return nil }
    do {
      return try detectors.with(compiled)
    } catch {
      throw Self.error(error)
    }
  }

  /// - Parameter files: as they are.
  private func compiled(_ classes: Set<DataClass>?, _ files: DetectorFiles?) throws(RunError) -> CompiledDetectors {
    let archive = archive(classes.map { $0.map(\.rawValue).sorted().joined(separator: " ") } ?? "all")
    if let kept = archive.read(of: files) { return kept }
    let rules = try rules(of: classes)
    let notice = CompilingNotice(terminal)
    do {
      let detectors = try CompiledDetectors(rules, cacheDirectory: state.cache, willCompile: notice.show)
      archive.write(detectors, of: files)
      return detectors
    } catch {
      throw Self.error(error)
    }
  }
}
