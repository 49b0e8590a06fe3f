package import Evidence

extension RunReport {
  /// Reads a `report.json`.
  ///
  /// What was added to the format later may be absent; members that nobody knows are passed over.
  ///
  /// - Throws: ``ReportError`` that names the first member that is not as the schema has it.
  package init(json: JSONValue) throws(ReportError) {
    let report = try ReportObject(json)
    guard try report.integer("version") == 1 else {
      throw ReportError("version", "is not 1: a newer release of Sallyport wrote this report, and can read it")
    }
    guard let run = RunID(try report.string("run")) else { throw ReportError("run", "is no run's identifier") }
    self.run = run
    agent = try report.agent("agent")
    command = try report.strings("command")
    workspace = try report.string("workspace")
    started = try report.time("started")
    ended = try report.time("ended")
    policy = try report.part("policy") { part throws(ReportError) in
      PolicyReference(
        file: try part.string("file"), posture: try part.string("posture"),
        durability: try part.optionalString("durability"), sha256: try part.optionalString("sha256"))
    }
    layers = try report.part("sandbox") { part throws(ReportError) in
      try part.objects("layers") { layer throws(ReportError) in
        Layer(name: try layer.string("layer"), detail: try layer.string("detail"))
      }
    }
    exchanges = try report.objects("exchanges") { exchange throws(ReportError) in try Exchange(exchange) }
    files = try report.objects("files") { file throws(ReportError) in try LeftFile(file) }
    opened = try report.objects("opened") { file throws(ReportError) in try OpenedFile(file) }
    filesIndexed = try report.optionalPart("filesIndexed") { part throws(ReportError) in try FilesIndexed(part) }
    runsLater = try report.objects("runsLater") { file throws(ReportError) in try ChangedFile(file) }
    protected = try report.objects("protected") { file throws(ReportError) in try ProtectedFile(file) }
    notLookedAt = try report.strings("notLookedAt")
    programs = try report.objects("programs") { program throws(ReportError) in
      StartedProgram(path: try program.string("path"), count: try program.count("count"))
    }
    isObservationIncomplete = try report.optionalBool("observationIncomplete") ?? false
    namesAsked = try report.optionalCount("namesAsked") ?? 0
    names = try report.objects("names") { name throws(ReportError) in
      AskedName(
        name: try name.string("name"), names: try name.count("names"), questions: try name.count("questions"))
    }
    connectionsTried = try report.objects("connectionsTried") { tried throws(ReportError) in
      try TriedConnection(tried)
    }
    datagramsRefused = try report.optionalCount("datagramsRefused") ?? 0
    isEndedFromOutside = try report.optionalBool("endedFromOutside") ?? false
    survivors = try report.optionalCount("survivors") ?? 0
    let files = files
    totals = try report.part("totals") { part throws(ReportError) in try Totals(part, files: files) }
    ledger = try report.part("ledger") { part throws(ReportError) in try LedgerState(part) }
    exitStatus = try report.integer("exitStatus")
  }
}

extension ReportObject {
  func part<Part>(_ name: String, _ read: (ReportObject) throws(ReportError) -> Part) throws(ReportError) -> Part {
    let part = try object(name)
    do { return try read(part) } catch { throw error.within(name) }
  }

  func optionalPart<Part>(
    _ name: String, _ read: (ReportObject) throws(ReportError) -> Part
  ) throws(ReportError) -> Part? {
    has(name) ? try part(name, read) : nil
  }

  func agent(_ name: String) throws(ReportError) -> Agent {
    try part(name) { part throws(ReportError) in
      Agent(
        id: try part.string("id"), version: try part.optionalString("version"),
        versionSource: try part.optionalWord("versionSource"))
    }
  }

  /// The members `host` and `port`.
  func destination() throws(ReportError) -> Destination {
    guard let port = UInt16(exactly: try count("port")) else { throw ReportError("port", "is no port") }
    return Destination(host: try string("host"), port: port)
  }
}

extension RunReport.LeftFile {
  fileprivate init(_ file: ReportObject) throws(ReportError) {
    path = try file.string("path")
    lines = try file.count("lines")
    destinations = try file.objects("destinations") { receiver throws(ReportError) in try Receiver(receiver) }
    let last = destinations.flatMap(\.ranges).map(\.upperBound).max() ?? 0
    fileLines = try file.optionalCount("fileLines").flatMap { $0 < last ? nil : $0 }
  }
}

extension RunReport.LeftFile.Receiver {
  fileprivate init(_ receiver: ReportObject) throws(ReportError) {
    destination = try receiver.destination()
    purpose = try receiver.word("purpose")
    lines = try receiver.count("lines")
    repeatedLines = try receiver.count("repeatedLines")
    bytes = try receiver.count("bytes")
    ranges = try receiver.elements("ranges") { value throws(ReportError) in
      guard let bounds = value.array, bounds.count == 2, let first = bounds[0].integer, let last = bounds[1].integer,
        first >= 1, last >= first
      else { throw ReportError("", "is no range of lines") }
      return first...last
    }
    exchanges = try receiver.counts("exchanges")
  }
}

extension RunReport.OpenedFile {
  fileprivate init(_ file: ReportObject) throws(ReportError) {
    path = try file.string("path")
    program = try file.optionalString("program")
    isForWriting = try file.optionalBool("forWriting") ?? false
    isThere = try file.optionalBool("isThere") ?? true
    reason = try file.string("reason")
  }
}

extension RunReport.FilesIndexed {
  fileprivate init(_ part: ReportObject) throws(ReportError) {
    files = try part.count("files")
    lines = try part.count("lines")
    bytes = try part.count("bytes")
    leftOut = try part.objects("leftOut") { file throws(ReportError) in
      .init(path: try file.string("path"), reason: try file.string("reason"))
    }
    leftOutCount = try part.optionalCount("leftOutCount") ?? leftOut.count
  }
}

extension RunReport.ChangedFile {
  fileprivate init(_ file: ReportObject) throws(ReportError) {
    path = try file.string("path")
    reason = try file.string("reason")
    change = try file.word("change")
  }
}

extension RunReport.ProtectedFile {
  fileprivate init(_ file: ReportObject) throws(ReportError) {
    let change = try file.string("change")
    self.init(
      path: try file.string("path"), group: try file.string("group"),
      change: change == "none" ? nil : try file.word("change"),
      outcome: try file.word("outcome"), blob: try file.optionalString("blob"))
  }
}

extension RunReport.TriedConnection {
  fileprivate init(_ tried: ReportObject) throws(ReportError) {
    destination = try tried.destination()
    isDatagram = try tried.string("transport") == "udp"
    program = try tried.string("program")
    count = try tried.count("count")
  }
}

extension RunReport.Totals {
  fileprivate init(_ part: ReportObject, files left: [RunReport.LeftFile]) throws(ReportError) {
    exchanges = try part.count("exchanges")
    blocked = try part.count("blocked")
    findings = try part.count("findings")
    requestBytes = try part.count("requestBytes")
    inspectedBytes = try part.count("inspectedBytes")
    forwardedBytes = try part.count("forwardedBytes")
    responseBytes = try part.count("responseBytes")
    uninspectedBytes = try part.count("uninspectedBytes")
    files = try part.optionalCount("files") ?? left.count
    lines =
      try part.optionalCount("lines")
      ?? left.saturatingSum { $0.destinations.saturatingSum(\.lines) }
  }
}

extension RunReport.LedgerState {
  fileprivate init(_ part: ReportObject) throws(ReportError) {
    directory = try part.string("directory")
    origin = try part.string("origin")
    size = try part.count("size")
    entries = try part.optionalCount("entries")
    checkpoint = try part.string("checkpoint")
    isVerified = try part.bool("verified")
    problem = try part.optionalString("problem")
    isCutShort = try part.optionalBool("cutShort") ?? false
  }
}
