internal import Glibc

/// Where canaries were planted: there each may be found, and nowhere else.
package struct PlantedCanaries: Sendable {
  /// Paths without links, by the fingerprints of what lies there.
  private let paths: [String: Set<String>]

  package init(_ places: some Sequence<(fingerprint: String, path: String)> = []) {
    var paths: [String: Set<String>] = [:]
    for place in places { paths[place.fingerprint, default: []].insert(place.path) }
    self.paths = paths
  }

  var isEmpty: Bool { paths.isEmpty }

  /// - Parameter path: as somebody named it, from the working directory on.
  func holds(_ fingerprint: String?, at path: String) -> Bool {
    guard let known = fingerprint.flatMap({ paths[$0] }) else { return false }
    if known.contains(path) { return true }
    guard let pointer = realpath(path, nil) else { return false }
    defer { free(pointer) }
    return known.contains(String(cString: pointer))
  }
}
