package import Catalog
internal import Documents
internal import Evidence

/// Where a run's knowledge comes from: the catalogue that Sallyport ships, and directories of the user's own.
package enum CatalogSource {
  /// - Throws: ``RunError`` with `.configuration` where a file is wrong or the shipped catalogue is missing,
  ///   `.programMissing` where one of `extra` is not there.
  package static func load(extra: [String]) throws(RunError) -> Knowledge {
    for directory in extra { try OwnCatalog(directory: directory).check(needsDetectors: false) }
    do {
      return try Knowledge.load(from: try directories(extra: extra))
    } catch let error as CatalogError {
      throw RunError(.configuration, at: "", error.description)
    } catch {
      throw error as? RunError ?? RunError(.ours, at: "catalogue", "\(error)")
    }
  }

  /// - Throws: ``RunError`` with `.usage` and the nearest name where an agent is none of those known.
  static func check(agent id: String, among known: [String]) throws(RunError) {
    guard !known.contains(id) else { return }
    throw RunError(
      .usage, at: "--agent", "the catalogue has no agent '\(id)'.",
      remedy: NearestWord.to(id, among: known).map { "Did you mean '\($0)'?" }
        ?? "It has: \(known.sorted().joined(separator: ", ")).")
  }

  package static func directories(extra: [String]) throws(RunError) -> [String] {
    guard let shipped = Knowledge.bundledDirectory else {
      throw RunError(
        .configuration, at: "catalogue", "the catalogue that belongs to this program was not found beside it.",
        remedy: "Install with `make install`, or run the program from where it was built.")
    }
    return [shipped] + extra
  }
}
