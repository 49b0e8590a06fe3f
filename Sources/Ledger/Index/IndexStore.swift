internal import Evidence
internal import GRDB
internal import Glibc

/// The SQLite file of the index.
final class IndexStore {
  /// How far the index goes, and in which ledger.
  struct Mark {
    let origin: String
    let size: Int
    /// The root of the ledger's first `size` entries, base64.
    let root: String
  }

  private let queue: DatabaseQueue
  private let path: String

  /// Opens the file; one that SQLite cannot use is removed and made anew.
  static func openOrRemake(at path: String) throws(LedgerError) -> IndexStore {
    do throws(LedgerError) {
      return try IndexStore(path)
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
      return try IndexStore(path)
    }
  }

  private init(_ path: String) throws(LedgerError) {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(LedgerLimits.indexBusyMilliseconds) / 1000)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.inDatabase { database in
        // Losing the index costs one rebuild, so it need not be forced to the disk.
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        let check = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
        guard check == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
      }
      try Self.migrator.migrate(queue)
    } catch {
      throw Self.failure(path, error)
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("entries") { database in
      try database.execute(
        sql: """
          CREATE TABLE entry (
            "index" INTEGER PRIMARY KEY, run TEXT, type TEXT, host TEXT, purpose TEXT, verdict TEXT, time TEXT
          ) STRICT;
          CREATE INDEX entry_run ON entry (run);
          CREATE INDEX entry_type ON entry (type);
          CREATE INDEX entry_host ON entry (host);
          CREATE INDEX entry_purpose ON entry (purpose);
          CREATE INDEX entry_verdict ON entry (verdict);
          CREATE INDEX entry_time ON entry (time);
          CREATE TABLE mark (
            only INTEGER PRIMARY KEY CHECK (only = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL
          ) STRICT;
          """)
    }
    return migrator
  }

  private static func failure(_ path: String, _ error: any Error) -> LedgerError {
    // GRDB's own text would quote the statement's arguments; SQLite's message does not.
    let reason = (error as? DatabaseError).map { $0.message ?? "\($0.resultCode)" } ?? "\(type(of: error))"
    return LedgerError(.index, place: path, "SQLite says: \(reason)", remedy: "remove the file; it is made anew")
  }

  private func write(_ body: (Database) throws -> Void) throws(LedgerError) {
    do {
      try queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try body(database)
          return .commit
        }
      }
    } catch {
      throw Self.failure(path, error)
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw Self.failure(path, error)
    }
  }

  func mark() throws(LedgerError) -> Mark? {
    try read { database in
      try Row.fetchOne(database, sql: "SELECT origin, size, root FROM mark").map {
        Mark(origin: $0["origin"], size: $0["size"], root: $0["root"])
      }
    }
  }

  func clear() throws(LedgerError) {
    try write { database in try database.execute(sql: "DELETE FROM entry; DELETE FROM mark") }
  }

  /// Adds entries and moves the mark. Another process may have added the same ones before.
  func add(_ entries: [LedgerEntry], upTo size: Int, origin: String, root: TreeHash) throws(LedgerError) {
    try write { database in
      let statement = try database.makeStatement(
        sql: """
          INSERT OR REPLACE INTO entry ("index", run, type, host, purpose, verdict, time) VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for entry in entries {
        try statement.execute(arguments: [
          entry.index, entry.run, entry.type, entry.host, entry.purpose, entry.verdict, entry.time,
        ])
      }
      try database.execute(
        sql: """
          INSERT INTO mark (only, origin, size, root) VALUES (1, ?, ?, ?) ON CONFLICT (only)
          DO UPDATE SET origin = excluded.origin, size = excluded.size, root = excluded.root
          WHERE excluded.size > mark.size OR excluded.origin <> mark.origin
          """, arguments: [origin, size, root.base64])
    }
  }

  /// The indexes of the newest matching entries, ascending.
  func indexes(matching query: LedgerQuery) throws(LedgerError) -> [Int] {
    let columns: [(String, String?)] = [
      // Identifiers are letters, digits and an underscore, which all come before a brace.
      ("run >=", query.run), ("run <", query.run.map { $0 + "{" }), ("type =", query.type), ("host =", query.host),
      ("purpose =", query.purpose),
      ("verdict =", query.verdict), ("time >=", query.since?.description), ("time <", query.until?.description),
    ]
    let given = columns.compactMap { column, value in value.map { (column, $0) } }
    let condition = given.isEmpty ? "" : "WHERE " + given.map { "\($0.0) ?" }.joined(separator: " AND ")
    let limit = max(0, min(query.limit ?? LedgerLimits.queryRows, LedgerLimits.queryRows))
    let newest: [Int] = try read { database in
      try Int.fetchAll(
        database, sql: "SELECT \"index\" FROM entry \(condition) ORDER BY \"index\" DESC LIMIT \(limit)",
        arguments: StatementArguments(given.map(\.1)))
    }
    return newest.reversed()
  }
}
