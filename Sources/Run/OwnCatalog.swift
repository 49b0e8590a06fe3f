/// A catalogue of the user's own, as somebody named it. One that is not there, or of which nothing would be read, would
/// look like one that finds nothing.
struct OwnCatalog {
  let directory: String

  private static let folders = ["agents", "vendors", "services", "registries", "detectors"]
  private static let files = ["environment.yaml", "trust.yaml"]
  /// Names looked at in one folder: more than the catalogue takes.
  private static let mostNames = 100_000
  private static let remedy = "Name a directory that holds agents/, vendors/ or the like; docs/catalog.md describes it."

  /// - Parameter needsDetectors: whether nothing else of it would be used.
  /// - Throws: ``RunError`` with `.programMissing` where it is not there, `.configuration` where nothing of it is read, or a
  ///   file that looks like one of its own is not.
  func check(needsDetectors: Bool) throws(RunError) {
    guard FilePaths.exists(directory) else {
      throw RunError(.programMissing, at: place, "is not there.", remedy: Self.remedy)
    }
    let names = names
    if let name = names.first(where: { $0.hasSuffix(".yml") }) {
      throw RunError(
        .configuration, at: "\(directory)/\(name)", "is not read: the files of a catalogue end in .yaml.",
        remedy: "Rename it to \(name.dropLast(".yml".count)).yaml.")
    }
    let read = names.filter { $0.hasSuffix(".yaml") }
    guard !read.isEmpty else { throw nothing("holds nothing of a catalogue") }
    guard !needsDetectors || read.contains(where: { $0.hasPrefix("detectors/") }) else {
      throw nothing("has no detectors")
    }
  }

  private var place: String { "--catalog \(directory)" }

  private func nothing(_ sentence: String) -> RunError {
    let looked = "looked for were \(directory)/detectors/*.yaml and the like."
    return RunError(.configuration, at: place, "\(sentence): \(looked)", remedy: nearest ?? Self.remedy)
  }

  /// Where somebody went one folder too deep.
  private var nearest: String? {
    let path = FilePaths.normalized(FilePaths.absolute(directory))
    for outer in [FilePaths.parent(path), FilePaths.parent(FilePaths.parent(path))]
    where Self.folders.contains(where: { path == "\(outer)/\($0)" || path.hasPrefix("\(outer)/\($0)/") }) {
      return "Name the directory that its folder is in: --catalog \(outer)"
    }
    return nil
  }

  /// What could be of a catalogue, from the directory on.
  private var names: [String] {
    let inFolders = Self.folders.flatMap { folder in
      self.names(in: folder).flatMap { name in
        // Detectors may lie in folders of their own.
        folder == "detectors" && !Self.isOfCatalogue(name) ? self.names(in: name) : [name]
      }
    }
    let own = Self.files.flatMap { [$0, $0.replacing(".yaml", with: ".yml")] }
      .filter { FilePaths.exists("\(directory)/\($0)") }
    return (inFolders + own).filter(Self.isOfCatalogue)
  }

  private func names(in folder: String) -> [String] {
    FilePaths.names(in: "\(directory)/\(folder)", limit: Self.mostNames).filter { !$0.hasPrefix(".") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  private static func isOfCatalogue(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }
}
