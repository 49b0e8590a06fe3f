internal import Catalog
internal import Confinement
internal import Glibc

/// Makes the places where an agent keeps what it has to keep, before its first run: what it wrote there would else be
/// gone with the sandbox, its login first of all.
enum HomePlaces {
  /// - Returns: what was made, as the catalogue names it.
  static func make(_ settings: RunSettings) -> [String] {
    (settings.profile?.files ?? []).filter { $0.access == .write && $0.path.hasPrefix("~/") }.map(\.path)
      .filter { make(FilePaths.expanded($0, home: settings.home)) }
  }

  private static func make(_ path: String) -> Bool {
    // A link that leads nowhere is its owner's affair.
    guard FileStatus(path: path) == nil, errno == ENOENT else { return false }
    let name = path.split(separator: "/").last ?? ""
    // Agents read an empty object as no settings; of other files nobody knows what an empty one would mean.
    if name.hasSuffix(".json") { return makeObject(path) }
    return !name.dropFirst().contains(".") && makeDirectory(path)
  }

  private static func makeDirectory(_ path: String) -> Bool {
    let parent = FilePaths.parent(path)
    if !FilePaths.exists(parent), !makeDirectory(parent) { return false }
    return mkdir(path, 0o700) == 0
  }

  private static func makeObject(_ path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    return write(file, "{}\n", 3) == 3
  }
}
