internal import ArgumentParser
internal import Evidence
internal import Fingerprints
internal import Glibc
internal import OwnTables
internal import Presentation
internal import Run

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Remember what your own code and documents look like, so that they are found in what is inspected.",
    discussion: HelpText.flowing(
      """
      Keeps fingerprints of the text files beneath each path, not the text: a thirtieth of what there is to know, made with
      a key that only this installation has. What git ignores, binary and generated files, licences, and folders of others'
      code such as node_modules are left out. The next time only files that changed are read; what is gone is forgotten.

      What public code has in common with yours can be taken out with --public, so that a copy of it is not taken for yours.
      It is remembered: leave it away the next time.

      With --table, the values of a table are remembered (CSV, TSV, JSON, JSON lines), as keyed hashes and not the table.
      What stands in one row only, and cells of one row near each other, are then found in files and in runs.

      EXAMPLES
        sallyport index --table customers.csv --columns email,iban,name --name customers
        sallyport index ~/work/shop ~/work/handbook
        sallyport index . --name shop --public ~/go/pkg/mod --public /usr/lib/python3
        sallyport index --list
        sallyport index --forget ~/work/handbook
        sallyport inspect --class proprietary notes.md      # is any of it ours?

      Exit codes: 0 done, 65 an index is damaged or a table is none, 66 something named is not there, 73 the index cannot be written.
      """))

  @Argument(help: .init("Directories whose code and documents are yours.", valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .customLong("public"),
    help: .init("Take out what this directory of public code has, too; may be repeated.", valueName: "dir"))
  var publicPaths: [String] = []

  @Option(name: .long, help: .init("Call it this, instead of by its directory's name.", valueName: "name"))
  var name: String?

  @Option(name: .long, help: .init("Remember the values of this table; may be repeated.", valueName: "file"))
  var table: [String] = []

  @Option(name: .long, help: .init("Of the table, only these columns; otherwise all.", valueName: "names"))
  var columns: String?

  @Option(
    name: .customLong("class"),
    help: .init(
      "What the table's values are: personal (the default), financial, proprietary or credential.", valueName: "class"),
    completion: .list(TableIndexing.classes.map(\.rawValue)))
  var className: String?

  @Flag(name: .long, help: "List what is indexed, and read nothing.")
  var list = false

  @Option(
    name: .long,
    help: .init("Forget what is known of this path, or of the table of this name; may be repeated.", valueName: "path"))
  var forget: [String] = []

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    let kinds = [list, !forget.isEmpty, !paths.isEmpty, !table.isEmpty].filter { $0 }.count
    if kinds == 0 { throw ValidationError("Name a directory to index, or --table, or --list, or --forget.") }
    if kinds > 1 { throw ValidationError("Index paths, or --table, or --list, or --forget: one of them.") }
    if name != nil, paths.count + table.count != 1 { throw ValidationError("--name is for one path or table.") }
    if columns != nil || className != nil, table.isEmpty {
      throw ValidationError("--columns and --class are for tables: name one with --table.")
    }
    _ = try className.map(TableIndexing.dataClass)
    if !publicPaths.isEmpty, paths.isEmpty { throw ValidationError("--public is for paths that are indexed.") }
  }

  func run() throws {
    do {
      let store = try CodeIndexPlace.own().store()
      if list { return try show(store) }
      if !forget.isEmpty { return try forget(in: store) }
      if !table.isEmpty { return try indexTables() }
      try index(into: store)
    } catch let error as RunError {
      throw Exit(error).end(error.description)
    } catch let error as FingerprintError {
      throw Exit(error).end(error.description)
    } catch let error as TableError {
      throw Exit(error).end(error.description)
    }
  }

  private func indexTables() throws {
    let outcomes = try TableIndexing(
      paths: table, columns: TableIndexing.columns(columns), name: name,
      dataClass: try className.map(TableIndexing.dataClass)
    ).index()
    for warning in outcomes.compactMap(TableText.warning) { Message.error(warning) }
    if json { return Message.result(try JSONText.of(.array(outcomes.map(TableText.json)))) }
    colour.print(outcomes.map(TableText.line))
  }

  private func index(into store: FingerprintStore) throws {
    let roots = try paths.map { try directory($0) }
    let publicRoots = try publicPaths.map { try directory($0) }
    var outcomes: [RootIndexing.Outcome] = []
    for root in roots {
      var line = ProgressLine(terminal: colour.terminal(2)) { Message.note($0) }
      outcomes.append(
        try store.index(root, name: name, publicPaths: publicRoots.isEmpty ? nil : publicRoots) { progress in
          line.show(Line(Piece("\(progress.files.counted("file")), \(ByteCount(progress.bytes))", .muted)))
        })
      line.clear()
    }
    if json { return Message.result(try JSONText.of(.array(outcomes.map(IndexText.json)))) }
    colour.print(outcomes.flatMap(IndexText.lines))
  }

  private func directory(_ path: String) throws -> String {
    guard let root = CodeIndexPlace.canonical(path) else {
      throw Exit.missingInput.end(
        "\(path): cannot be indexed: \(String(cString: strerror(errno))). Name a directory that is there.")
    }
    var status = stat()
    guard stat(root, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Exit.missingInput.end("\(path): is no directory. Name the directory that it is in.")
    }
    return root
  }

  private func show(_ store: FingerprintStore) throws {
    let (indexes, problems) = store.indexes()
    let roots = indexes.map(\.root)
    let (found, broken) = try TableIndexPlace.own().store().indexes()
    let tables = found.map(\.table)
    let sentences = problems.map(\.error.description) + broken.map(\.description)
    if json {
      Message.result(try JSONText.of(.array(roots.map(\.json) + tables.map(\.json))))
    } else if roots.isEmpty, tables.isEmpty, sentences.isEmpty {
      Message.result("Nothing is indexed yet.\n")
    } else {
      if !roots.isEmpty || tables.isEmpty { colour.print(IndexText.table(roots, columns: colour.columns)) }
      if !roots.isEmpty, !tables.isEmpty { Message.result("\n") }
      if !tables.isEmpty { colour.print(TableText.table(tables, columns: colour.columns)) }
    }
    for sentence in sentences { Message.error(sentence) }
    if !sentences.isEmpty { throw ExitCode(Exit.configuration.rawValue) }
  }

  private func forget(in store: FingerprintStore) throws {
    for path in forget {
      // It may be gone; then it is known by its letters.
      let root = CodeIndexPlace.canonical(path) ?? path
      let tables = try TableIndexPlace.own().store()
      let wasCode = try store.forget(root)
      let wasTable = try tables.forget(root)
      if wasCode || wasTable { continue }
      // A table is also known by the name that it was given.
      guard try tables.forget(named: path) else {
        throw Exit.missingInput.end("\(path): is not indexed. sallyport index --list shows what is.")
      }
    }
  }
}
