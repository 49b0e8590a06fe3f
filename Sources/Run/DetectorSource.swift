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
  /// - Throws: ``RunError`` with `.configuration` where one is wrong.
  package func rules(of classes: Set<DataClass>? = nil) throws(RunError) -> [DetectorRule] {
    do {
      // A user's own catalogue need not have detectors; the one that is shipped always has.
      return try directories.enumerated().flatMap { index, directory in
        guard index == 0 || FilePaths.isDirectory(directory) else { return [DetectorRule]() }
        return try DetectorRules.load(from: directory, classes: index == 0 ? classes : nil)
      }
    } catch {
      throw RunError(.configuration, at: "detectors", "\(error)")
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
