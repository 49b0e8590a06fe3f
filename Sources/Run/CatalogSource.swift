package import Catalog
internal import Evidence

/// Where a run's knowledge comes from: the catalogue that Sallyport ships, and directories of the user's own.
package enum CatalogSource {
  /// - Throws: ``RunError`` with `.configuration` where a file is wrong or the shipped catalogue is missing.
  package static func load(extra: [String]) throws(RunError) -> Knowledge {
    do {
      return try Knowledge.load(from: try directories(extra: extra))
    } catch let error as CatalogError {
      throw RunError(.configuration, at: "", error.description)
    } catch {
      throw error as? RunError ?? RunError(.ours, at: "catalogue", "\(error)")
    }
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
