package import Evidence

/// Detectors made ready to look, for whoever looks: without tables, canaries and key.
package struct CompiledDetectors: Sendable {
  let rules: CompiledRules
  /// `nil` where words lead to all patterns.
  let database: PatternDatabase?
  /// The file that it was read from or written to.
  private let databaseFile: String?

  /// Compiles the rules, which takes about a second; with a cache directory only where nothing changed since last time.
  ///
  /// - Parameters:
  ///   - cacheDirectory: where compiled patterns are kept. A file there that was damaged is compiled anew.
  ///   - willCompile: is called before what takes seconds.
  package init(
    _ rules: [DetectorRule], cacheDirectory: String? = nil, willCompile: () -> Void = {}
  ) throws(DetectorError) {
    let compiled = try CompiledRules.compiled(from: rules)
    self.rules = compiled.rules
    let cache = cacheDirectory.map { DatabaseCache(directory: $0, patterns: compiled.texts) }
    database = try Self.compile(compiled.texts, cache, willCompile)
    databaseFile = cache?.name
  }

  /// Those of these classes alone.
  ///
  /// - Returns: `nil` where there are none.
  package init?(
    of classes: Set<DataClass>, from other: CompiledDetectors, cacheDirectory: String? = nil,
    willCompile: () -> Void = {}
  ) throws(DetectorError) {
    let rules = other.rules.rules.filter { classes.contains($0.dataClass) }
    guard !rules.isEmpty else { return nil }
    try self.init(rules, cacheDirectory: cacheDirectory, willCompile: willCompile)
  }

  private static func compile(
    _ texts: [String], _ cache: DatabaseCache?, _ willCompile: () -> Void
  ) throws(DetectorError) -> PatternDatabase? {
    guard !texts.isEmpty else { return nil }
    if let database = cache?.read() { return database }
    willCompile()
    let database = try PatternDatabase(texts)
    cache?.write(database)
    return database
  }

  /// Files that its rules' files name.
  package var wordsFiles: Set<String> { Set(rules.rules.compactMap(\.wordsFile)) }
}

extension CompiledDetectors {
  /// Reads detectors as ``write(to:)`` wrote them.
  ///
  /// - Parameter cacheDirectory: the same as when they were written.
  /// - Returns: `nil` where they cannot be read back, as when the compiled patterns are not there any more, or are those
  ///   of another processor.
  package init?(from archive: inout ArchiveReader, cacheDirectory: String) {
    do {
      guard try archive.text() == PatternDatabase.platform else { return nil }
      let file = try archive.text()
      rules = try archive.value()
      guard archive.isAtEnd else { return nil }
      databaseFile = file
      database = file.isEmpty ? nil : DatabaseCache(directory: cacheDirectory, name: file).read()
      guard file.isEmpty == (database == nil) else { return nil }
    } catch {
      return nil
    }
  }

  /// All of it; of the compiled patterns only where they are.
  ///
  /// - Returns: `false` where they are nowhere.
  package func write(to archive: inout ArchiveWriter) -> Bool {
    guard database == nil || databaseFile != nil else { return false }
    archive.write(PatternDatabase.platform)
    archive.write(database == nil ? "" : databaseFile ?? "")
    archive.write(rules)
    return true
  }
}
