package import Evidence
internal import Glibc

/// The indexes of an installation: a file for each root, in a directory that only its owner can look into.
package struct FingerprintStore: Sendable {
  private let directory: String
  package let key: FingerprintKey

  private static let ending = ".fingerprints"

  /// - Parameter directory: need not be there.
  package init(directory: String, key: FingerprintKey) {
    self.directory = directory
    self.key = key
  }

  /// An index that cannot be used, and why.
  package struct Problem: Sendable, Hashable {
    package let error: FingerprintError
  }

  /// - Returns: the indexes by their roots' paths, and what is damaged.
  package func indexes() -> (indexes: [FingerprintIndex], problems: [Problem]) {
    var indexes: [FingerprintIndex] = []
    var problems: [Problem] = []
    let (names, cause) = Self.names(in: directory)
    if let cause { problems.append(Problem(error: .missing(directory, cause))) }
    for name in names {
      do throws(FingerprintError) {
        indexes.append(try FingerprintIndex.open("\(directory)/\(name)", key: key))
      } catch {
        problems.append(Problem(error: error))
      }
    }
    return (indexes.sorted { $0.root.path < $1.root.path }, problems)
  }

  /// Names, or why there may be some that nobody can see.
  private static func names(in directory: String) -> (names: [String], cause: CInt?) {
    guard let handle = opendir(directory) else { return ([], errno == ENOENT ? nil : errno) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(ending) { names.append(name) }
    }
    return (names.sorted(), nil)
  }

  private func file(of root: String) -> String {
    let number = String(key.number(of: Array(root.utf8)), radix: 16)
    return "\(directory)/\(String(repeating: "0", count: 16 - number.count))\(number)\(Self.ending)"
  }

  /// Whether anything is kept at all: asks for no key and no memory.
  package static func isEmpty(_ directory: String) -> Bool { names(in: directory) == ([], nil) }

  /// Makes the index of a root, or brings it up to date.
  ///
  /// - Parameters:
  ///   - root: of a directory, without links.
  ///   - name: `nil` for the one that it has, or the directory's own.
  ///   - publicPaths: `nil` for those that were given last time.
  /// - Throws: ``FingerprintError``.
  package func index(
    _ root: String, name: String? = nil, publicPaths: [String]? = nil, clock: WallClock = .system,
    progress: (RootIndexing.Progress) -> Void = { _ in }
  ) throws(FingerprintError) -> RootIndexing.Outcome {
    // A damaged one is made anew.
    let previous = try? FingerprintIndex.open(file(of: root), key: key)
    let own = root.split(separator: "/").last.map(String.init) ?? root
    let indexing = RootIndexing(
      root, name: name ?? previous?.root.name ?? own, publicPaths: publicPaths ?? previous?.root.publicPaths ?? [],
      key: key, clock: clock)
    let outcome = try indexing.index(after: previous, progress: progress)
    guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw .state(directory, errno) }
    try FingerprintIndex.write(outcome.bytes, to: file(of: root))
    return outcome
  }

  /// - Returns: whether there was one.
  /// - Throws: ``FingerprintError`` with `.state`.
  package func forget(_ root: String) throws(FingerprintError) -> Bool {
    guard unlink(file(of: root)) != 0 else { return true }
    guard errno == ENOENT else { throw .state(file(of: root), errno) }
    return false
  }
}
