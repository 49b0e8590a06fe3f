package import Evidence
internal import Glibc

/// The indexes of tables of an installation: a file for each, in a directory that only its owner can look into.
package struct TableStore: Sendable {
  private let directory: String
  private let key: TableKey

  private static let ending = ".table"

  /// - Parameter directory: need not be there.
  package init(directory: String, key: TableKey) {
    self.directory = directory
    self.key = key
  }

  /// Whether no table was ever indexed: asks for no key and no memory.
  package static func isEmpty(_ directory: String) -> Bool { names(in: directory) == ([], nil) }

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

  private func file(of path: String) -> String { "\(directory)/\(key.fileName(of: path))\(Self.ending)" }

  /// - Returns: the indexes by the paths of their tables, and what is wrong with others.
  package func indexes() -> (indexes: [TableIndex], problems: [TableError]) {
    var indexes: [TableIndex] = []
    var problems: [TableError] = []
    let (names, cause) = Self.names(in: directory)
    if let cause { problems.append(.missing(directory, cause)) }
    for name in names {
      do throws(TableError) {
        indexes.append(try TableIndex.open("\(directory)/\(name)", key: key))
      } catch {
        problems.append(error)
      }
    }
    return (indexes.sorted { $0.table.path < $1.table.path }, problems)
  }

  /// What is looked for.
  package func tables() throws(TableError) -> KnownTables {
    let (indexes, problems) = indexes()
    if let problem = problems.first { throw problem }
    return KnownTables(indexes, key: key)
  }

  /// What became of a table.
  package struct Outcome: Sendable {
    package let table: IndexedTable
    /// False where the file is what it was when it was indexed.
    package let wasRead: Bool
  }

  /// Reads a table and keeps what its values are known by; one that did not change is not read.
  ///
  /// - Parameters:
  ///   - path: of the table, without links.
  ///   - columns: `nil` for those that it had, or all.
  ///   - name: `nil` for the one that it has, or the file's own.
  ///   - dataClass: `nil` for the one that it has, or personal.
  /// - Throws: ``TableError``.
  package func index(
    _ path: String, columns: [String]? = nil, name: String? = nil, dataClass: DataClass? = nil,
    clock: WallClock = .system
  ) throws(TableError) -> Outcome {
    let source = TableFile(path: path)
    let stamp = try source.stamp()
    // A damaged one is made anew.
    let known = (try? TableIndex.open(file(of: path), key: key))?.table
    let own = path.split(separator: "/").last.map(String.init) ?? path
    let (name, dataClass) = (name ?? known?.name ?? own, dataClass ?? known?.dataClass ?? .personal)
    if let known, known.stamp == stamp, columns == nil || columns == known.columns, name == known.name,
      dataClass == known.dataClass
    {
      return Outcome(table: known, wasRead: false)
    }
    if known == nil, Self.names(in: directory).names.count >= TableLimits.tables {
      throw TableError(
        .state, at: path, "is one table too many: there are \(TableLimits.tables).",
        remedy: "Forget one with sallyport index --forget.")
    }
    var draft = TableDraft(key: key)
    let looked = try source.rows(of: columns ?? known?.columns) { cells throws(TableError) in
      guard draft.add(cells) else {
        throw TableError(
          .malformed, at: path, "has more than \(TableLimits.rows) rows, or more values than are kept.",
          remedy: "Name the columns that say whose row it is with --columns, or split the table.")
      }
    }
    let rows = draft.rows
    let (entries, values, filter) = draft.settled()
    let table = IndexedTable(
      name: name, path: path, dataClass: dataClass, columns: looked, rows: rows, values: values,
      indexed: clock.now(), stamp: stamp)
    try write(TableIndex(table, entries, filter).bytes(key), to: file(of: path))
    return Outcome(table: table, wasRead: true)
  }

  private func write(_ bytes: [UInt8], to path: String) throws(TableError) {
    guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw .state(directory, errno) }
    let draft = "\(path).\(UInt64.random(in: .min ... .max)).new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .state(path, errno) }
    var isWritten = true
    var offset = 0
    while offset < bytes.count, isWritten {
      let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      isWritten = count > 0
      offset += max(0, count)
    }
    guard close(descriptor) == 0, isWritten, rename(draft, path) == 0 else {
      let cause = errno
      unlink(draft)
      throw .state(path, cause)
    }
  }

  /// - Parameter name: that a table was given.
  /// - Returns: whether there was one.
  /// - Throws: ``TableError`` with `.missing` where several have the name, and `.state`.
  package func forget(named name: String) throws(TableError) -> Bool {
    let paths = indexes().indexes.map(\.table).filter { $0.name == name }.map(\.path)
    guard paths.count < 2 else {
      throw TableError(
        .missing, at: name, "is the name of \(paths.count) tables.",
        remedy: "Name the path of one: sallyport index --list shows them.")
    }
    guard let path = paths.first else { return false }
    return try forget(path)
  }

  /// - Parameter table: its path.
  /// - Returns: whether there was one.
  /// - Throws: ``TableError`` with `.state`.
  package func forget(_ table: String) throws(TableError) -> Bool {
    let path = file(of: table)
    guard unlink(path) != 0 else { return true }
    guard errno == ENOENT else { throw .state(path, errno) }
    return false
  }
}
