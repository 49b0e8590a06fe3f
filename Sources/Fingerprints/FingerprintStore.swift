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
  ///   - settled: how long a file must have been left alone for its times to tell whether it changes again.
  /// - Throws: ``FingerprintError``.
  package func index(
    _ root: String, name: String? = nil, publicPaths: [String]? = nil, clock: WallClock = .system,
    settled: Duration = .seconds(2), progress: (RootIndexing.Progress) -> Void = { _ in }
  ) throws(FingerprintError) -> RootIndexing.Outcome {
    let own = root.split(separator: "/").last.map(String.init) ?? root
    func indexing(_ known: IndexedRoot?) -> RootIndexing {
      RootIndexing(
        root, name: name ?? known?.name ?? own, publicPaths: publicPaths ?? known?.publicPaths ?? [], key: key,
        clock: clock, settled: settled)
    }
    // A damaged one is made anew; of one of another version it is known what it was made of.
    let previous = try? FingerprintIndex.open(file(of: root), key: key)
    let older = previous == nil ? FingerprintIndex.olderRoot(file(of: root), key: key) : nil
    var moved = previous == nil && older == nil ? movedIndex(to: root) : nil
    var outcome = try indexing(previous?.root ?? older ?? moved?.index.root).index(
      after: previous ?? moved?.index, isMoved: moved != nil, progress: progress)
    // Another directory may have got the number of one that is gone.
    if let index = moved?.index, outcome.reused * 2 < index.fileCount {
      moved = nil
      outcome = try indexing(nil).index(after: nil, progress: progress)
    }
    guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw .state(directory, errno) }
    try FingerprintIndex.write(outcome.bytes, to: file(of: root))
    if let file = moved?.file { unlink(file) }
    return outcome
  }

  /// The index of a directory that is not where it was any more, and may be this one.
  private func movedIndex(to root: String) -> (index: FingerprintIndex, file: String)? {
    let folder = RootIndexing.number(ofFolder: root, key)
    for name in Self.names(in: directory).names {
      let file = "\(directory)/\(name)"
      guard let index = try? FingerprintIndex.open(file, key: key), index.root.folder == folder, folder != 0 else {
        continue
      }
      var status = stat()
      if lstat(index.root.path, &status) != 0, errno == ENOENT { return (index, file) }
    }
    return nil
  }

  /// - Returns: whether there was one.
  /// - Throws: ``FingerprintError`` with `.state`.
  package func forget(_ root: String) throws(FingerprintError) -> Bool {
    guard unlink(file(of: root)) != 0 else { return true }
    guard errno == ENOENT else { throw .state(file(of: root), errno) }
    return false
  }
}
