/// All that init has to do before, while and after the agent runs.
package struct InitOrder: Sendable, Hashable {
  /// A path, or a name to be looked for along `PATH` of ``environment``.
  package let program: String
  /// Without the program's own name.
  package let arguments: [String]
  /// `NAME=value`, complete.
  package let environment: [String]
  package let workingDirectory: String
  /// The agent's own terminal; `nil` where it has none.
  package let terminal: TerminalSize?
  /// What the descriptors of the launch must be for the agent to get them as its standard streams; `nil` for a stream
  /// that is the terminal.
  package let streams: [StreamIdentity?]
  /// Whether the agent begins in the background of its terminal, and so is stopped (SIGTTIN) when it first reads it.
  package let startsInBackground: Bool
  package let systemCalls: SystemCallPolicy
  /// `nil` where nested sandboxes are allowed, which Landlock's file rules would forbid.
  package let grants: [LandlockGrant]?
  package let limits: ResourceLimits

  package init(
    program: String, arguments: [String], environment: [String], workingDirectory: String, terminal: TerminalSize?,
    streams: [StreamIdentity?] = [], startsInBackground: Bool = false, systemCalls: SystemCallPolicy,
    grants: [LandlockGrant]?, limits: ResourceLimits
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.terminal = terminal
    self.streams = streams
    self.startsInBackground = startsInBackground
    self.systemCalls = systemCalls
    self.grants = grants
    self.limits = limits
  }
}

/// In characters.
package struct TerminalSize: Sendable, Hashable {
  package let rows: UInt16
  package let columns: UInt16

  package init(rows: UInt16, columns: UInt16) {
    self.rows = rows
    self.columns = columns
  }
}

/// Limits on what the agent may use; `nil` leaves the caller's. Core dumps are always off: they would write memory,
/// and so secrets, to disk.
package struct ResourceLimits: Sendable, Hashable {
  package var processes: UInt64?
  package var openFiles: UInt64?
  package var fileBytes: UInt64?
  package var addressSpaceBytes: UInt64?

  package init(
    processes: UInt64? = nil, openFiles: UInt64? = nil, fileBytes: UInt64? = nil, addressSpaceBytes: UInt64? = nil
  ) {
    self.processes = processes
    self.openFiles = openFiles
    self.fileBytes = fileBytes
    self.addressSpaceBytes = addressSpaceBytes
  }
}

extension InitOrder {
  package var bytes: [UInt8] {
    var out = ByteWriter()
    out.put(program)
    out.put(arguments) { $0.put($1) }
    out.put(environment) { $0.put($1) }
    out.put(workingDirectory)
    out.put(terminal != nil)
    out.put(terminal?.rows ?? 0)
    out.put(terminal?.columns ?? 0)
    out.put(streams) {
      $0.put($1 != nil)
      $0.put($1?.device ?? 0)
      $0.put($1?.file ?? 0)
      $0.put($1?.kind ?? 0)
    }
    out.put(startsInBackground)
    out.put(systemCalls.allowsNestedSandboxes)
    out.put(systemCalls.allowsDebugging)
    out.put(systemCalls.observation.rawValue)
    out.put(systemCalls.guardsNames)
    out.put(grants != nil)
    out.put(grants ?? []) {
      $0.put($1.path)
      $0.put($1.rights.rawValue)
    }
    for limit in [limits.processes, limits.openFiles, limits.fileBytes, limits.addressSpaceBytes] {
      out.put(limit != nil)
      out.put(limit ?? 0)
    }
    return out.bytes
  }

  package init(_ bytes: [UInt8]) throws(MalformedMessage) {
    var input = ByteReader(bytes)
    program = try input.text()
    arguments = try input.list { (each) throws(MalformedMessage) in try each.text() }
    environment = try input.list { (each) throws(MalformedMessage) in try each.text() }
    workingDirectory = try input.text()
    let hasTerminal = try input.flag()
    let size = TerminalSize(rows: try input.integer(UInt16.self), columns: try input.integer(UInt16.self))
    terminal = hasTerminal ? size : nil
    streams = try input.list { (each) throws(MalformedMessage) in
      let isFile = try each.flag()
      let identity = StreamIdentity(
        device: try each.integer(UInt64.self), file: try each.integer(UInt64.self), kind: try each.integer(UInt32.self))
      return isFile ? identity : nil
    }
    startsInBackground = try input.flag()
    let (nested, debugging) = (try input.flag(), try input.flag())
    guard let level = ObservationLevel(rawValue: try input.integer(UInt8.self)) else { throw MalformedMessage() }
    systemCalls = SystemCallPolicy(
      allowsNestedSandboxes: nested, allowsDebugging: debugging, observation: level, guardsNames: try input.flag())
    let hasGrants = try input.flag()
    let listed = try input.list { (each) throws(MalformedMessage) in
      LandlockGrant(path: try each.text(), rights: LandlockRights(rawValue: try each.integer(UInt64.self)))
    }
    grants = hasGrants ? listed : nil
    var values: [UInt64?] = []
    for _ in 0..<4 {
      let isSet = try input.flag()
      let value = try input.integer(UInt64.self)
      values.append(isSet ? value : nil)
    }
    limits = ResourceLimits(
      processes: values[0], openFiles: values[1], fileBytes: values[2], addressSpaceBytes: values[3])
    guard input.isAtEnd else { throw MalformedMessage() }
  }
}
