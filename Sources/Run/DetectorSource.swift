internal import Catalog
package import Evidence
package import Inspection

/// Where the detectors of this installation come from: those that Sallyport ships, and directories of the user's own.
package struct DetectorSource: Sendable {
  private let directories: [String]
  private let state: StateDirectory

  init(catalogDirectories: [String], state: StateDirectory) {
    directories = catalogDirectories.map { "\($0)/detectors" }
    self.state = state
  }

  /// Those of who runs this process.
  ///
  /// - Parameter extra: catalogues of the user's own.
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set, `.configuration` without a catalogue.
  package static func own(extra: [String] = []) throws(RunError) -> DetectorSource {
    let state = try StateDirectory.own()
    return DetectorSource(catalogDirectories: try CatalogSource.directories(extra: extra), state: state)
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
      rules += index == 0 ? try Self.load(directory, "detectors", classes) : try own(in: directory)
    }
    return rules
  }

  /// The user's own: no test of ours has seen what their files say that they find.
  private func own(in directory: String) throws(RunError) -> [DetectorRule] {
    let rules = try Self.load(directory, directory)
    do {
      try RuleExamples.check(rules, cacheDirectory: state.cache)
    } catch {
      // It names the file with the directory of the detectors.
      throw RunError(.configuration, at: String(directory.dropLast("/detectors".count)), "\(error)")
    }
    return rules
  }

  private static func load(
    _ directory: String, _ place: String, _ classes: Set<DataClass>? = nil
  ) throws(RunError) -> [DetectorRule] {
    do {
      return try DetectorRules.load(from: directory, classes: classes)
    } catch {
      throw RunError(.configuration, at: place, "\(error)")
    }
  }

  /// Those of these detectors that answers are looked at with: for what is meant to steer a model or is hidden from
  /// people, and for what somebody planted.
  ///
  /// - Throws: ``RunError`` with `.configuration`.
  func answerDetectors(from detectors: DetectorSet) throws(RunError) -> DetectorSet? {
    do {
      return try DetectorSet(of: [.hiddenText, .injection], from: detectors, cacheDirectory: state.cache)
    } catch {
      throw RunError(.configuration, at: "detectors", "\(error)")
    }
  }

  /// The detectors, ready to look; compiled once, and kept.
  ///
  /// - Parameters:
  ///   - classes: those wanted of what Sallyport ships; `nil` for all.
  ///   - key: of the fingerprints; the installation's where there is none.
  ///   - canaries: that are looked for, too: those of one run.
  ///   - planted: and those that somebody planted.
  /// - Throws: ``RunError`` with `.configuration` or `.state`.
  package func detectors(
    of classes: Set<DataClass>? = nil, key: [UInt8]? = nil, canaries: [[UInt8]] = [], planted: [PlantedCanary] = []
  ) throws(RunError) -> DetectorSet {
    StateDirectory.makeIfPossible(state.keys)
    StateDirectory.makeIfPossible(state.cache)
    let own: [UInt8]
    if let key { own = key } else { own = try KeyFile.loadOrCreate("\(state.keys)/fingerprint.key") }
    let rules = try rules(of: classes)
    let tables = try TableIndexPlace(state: state).tables()
    do {
      let compiled = try DetectorSet(
        rules: rules, ownTables: tables, fingerprintKey: Secret(own), cacheDirectory: state.cache)
      return try DetectorSet(compiled, canaries: canaries, planted: planted.flatMap(\.tokenBytes))
    } catch {
      throw RunError(.configuration, at: "detectors", "\(error)")
    }
  }
}
