internal import ArgumentParser
internal import Catalog
internal import Policy
internal import Run

/// Reads the policy that a command was told of, or the one that is in force.
enum PolicyFile {
  /// - Throws: an exit with 65 and every problem of the file, or with 66 where there is none.
  static func load(_ path: String?) throws(ExitCode) -> PolicyDocument {
    do {
      return try PolicySource.loadHere(path, known: KnownNames(try CatalogSource.load(extra: [])))
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
