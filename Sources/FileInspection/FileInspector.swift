package import Evidence
package import Fingerprints
internal import Glibc
package import Inspection

/// Looks for sensitive things in files at rest, with the detectors that look at what agents send.
///
/// Each file is read in chunks, and once more where something was found, for its line. As many files are looked at at a
/// time as there are processors; the report does not depend on how that went.
package struct FileInspector: Sendable {
  private let detectors: DetectorSet
  private let filter: FindingFilter
  private let baseline: Baseline?
  private let planted: PlantedCanaries
  private let ownCode: FingerprintSet?

  /// - Parameters:
  ///   - detectors: with the baseline's key for their fingerprints, where there is one.
  ///   - planted: where canaries may be.
  ///   - ownCode: what is looked for beside.
  package init(
    _ detectors: DetectorSet, filter: FindingFilter = FindingFilter(), baseline: Baseline? = nil,
    planted: PlantedCanaries = PlantedCanaries(), ownCode: FingerprintSet? = nil
  ) {
    self.ownCode = ownCode
    self.detectors = detectors
    self.filter = filter
    self.baseline = baseline
    self.planted = planted
  }

  /// How far it is.
  package struct Progress: Sendable, Hashable {
    package let files: Int
    package let bytes: Int
    package let findings: Int
  }

  /// - Parameters:
  ///   - repository: where the objects of changes are read from.
  ///   - gaps: what was missed before.
  ///   - progress: is told after each file.
  /// - Throws: ``FileInspectionError`` with `.git` where git does not start.
  package func inspect(
    _ sources: [FileSource], of repository: GitRepositoryPlace? = nil, gaps: [FileInspectionReport.Gap] = [],
    progress: (Progress) -> Void = { _ in }
  ) async throws(FileInspectionError) -> FileInspectionReport {
    let blobs = try repository.map { place throws(FileInspectionError) in try GitBlobs(try place.command()) }
    let parts = await inspectAll(sources, blobs, progress)
    await blobs?.close()
    let findings = parts.flatMap(\.findings)
    var gaps = gaps + parts.flatMap(\.gaps)
    if findings.count > FileInspectionLimits.findings {
      gaps.append(.init(path: "-", reason: "more findings than are kept", isWhole: true))
    }
    return FileInspectionReport(
      findings: Array(findings.prefix(FileInspectionLimits.findings)), gaps: gaps.sorted { $0.path < $1.path },
      files: sources.count, bytes: parts.reduce(0) { $0 + $1.bytes }, uncounted: parts.flatMap(\.uncounted))
  }

  /// In the order of the sources.
  private func inspectAll(
    _ sources: [FileSource], _ blobs: GitBlobs?, _ progress: (Progress) -> Void
  ) async -> [InspectedSource] {
    await withTaskGroup(of: (Int, InspectedSource).self) { group in
      var parts = [InspectedSource](repeating: InspectedSource(), count: sources.count)
      var (next, done, bytes, found) = (0, 0, 0, 0)
      func startNext() {
        guard next < sources.count else { return }
        let index = next
        next += 1
        group.addTask { (index, await inspect(sources[index], blobs)) }
      }
      for _ in 0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) { startNext() }
      while let (index, part) = await group.next() {
        parts[index] = part
        (done, bytes, found) = (done + 1, bytes + part.bytes, found + part.findings.count)
        progress(Progress(files: done, bytes: bytes, findings: found))
        startNext()
      }
      return parts
    }
  }

  private func inspect(_ source: FileSource, _ blobs: GitBlobs?) async -> InspectedSource {
    guard case .object(let object) = source.content else { return inspect(source, ContentReader(source.content)) }
    guard let bytes = await blobs?.bytes(object) else {
      return .unread(source.name, "git has no such content, or it is too large")
    }
    let found = inspect(source, ContentReader(.bytes(bytes)))
    guard !found.findings.isEmpty, let before = source.predecessor, let older = await blobs?.bytes(before) else {
      return found
    }
    let known = Set(sightings(in: ContentReader(.bytes(older))).findings.map(Thing.init))
    return InspectedSource(
      findings: found.findings.filter { !known.contains(Thing($0.finding)) }, gaps: found.gaps, bytes: found.bytes,
      uncounted: found.uncounted)
  }

  /// What was found, wherever it stands.
  private struct Thing: Hashable {
    let detector: String
    let fingerprint: String?

    init(_ finding: Finding) { (detector, fingerprint) = (finding.detector, finding.fingerprint) }
  }

  private func sightings(in reader: ContentReader) -> (findings: [Finding], bytes: Int, problem: CInt?) {
    let scanner = ownCode.map { OwnCodeScanner($0) }
    var inspector = MessageInspector(detectors, place: .body, alongside: scanner)
    let problem = reader.read { inspector.inspect($0) }
    let inspected = inspector.finish().with(scanner?.findings(in: .body) ?? [])
    return (inspected.findings, inspected.inspectedBytes, problem)
  }

  private func inspect(_ source: FileSource, _ reader: ContentReader) -> InspectedSource {
    let (all, bytes, problem) = sightings(in: reader)
    if let problem {
      return .unread(source.name, String(cString: strerror(problem)))
    }
    let wanted = all.filter { $0.dataClass != .opaque && filter.takes($0) }
    let gaps = all.filter { $0.dataClass == .opaque }.map { Self.gap(source.name, $0) }
    let (findings, uncounted) = located(wanted, in: source, reader)
    return InspectedSource(findings: findings, gaps: gaps, bytes: bytes, uncounted: uncounted)
  }

  private static func gap(_ name: String, _ finding: Finding) -> FileInspectionReport.Gap {
    let layers = finding.layers.isEmpty ? "" : " under " + finding.layers.joined(separator: ", then ")
    return .init(
      path: name, reason: "\(finding.detector) in bytes \(finding.span.start) to \(finding.span.end)\(layers)",
      // What came after the limit was not looked at, and may hold anything.
      isWhole: finding.detector == "inspection-limit")
  }

  private func located(
    _ findings: [Finding], in source: FileSource, _ reader: ContentReader
  ) -> (findings: [FileFinding], uncounted: [UncountedComment]) {
    guard !findings.isEmpty else { return ([], []) }
    var places = TextPlaces(of: findings.flatMap { [$0.span.start, $0.span.end] })
    // A file that became shorter since: what was found in it is told without a place.
    _ = reader.read { places.receive($0) }
    places.finish()
    let nowhere = TextPlace(line: 1, column: 1)
    let located = findings.map { finding in
      let start = places.places[finding.span.start] ?? nowhere
      var located = FileFinding(
        path: source.name, commit: source.commit, start: start,
        end: places.places[finding.span.end] ?? start, finding: finding)
      located.allowance = allowance(of: located, in: source, places.comments)
      return located
    }
    return (located, filter.heedsComments ? Self.uncounted(beside: located, places.comments) : [])
  }

  /// Comments that let nothing stand beside what is open.
  private static func uncounted(
    beside findings: [FileFinding], _ comments: [Int: AllowingComment]
  ) -> [UncountedComment] {
    guard !comments.isEmpty else { return [] }
    let counting = Set(findings.filter { $0.allowance != nil }.flatMap { lines(of: comments, for: $0) })
    var seen: Set<Int> = []
    return findings.filter { $0.allowance == nil }.flatMap { finding in
      lines(of: comments, for: finding).filter { !counting.contains($0) && seen.insert($0).inserted }.compactMap {
        line in
        comments[line].map { comment in
          UncountedComment(
            path: finding.path, line: line, names: comment.names.sorted(), problem: comment.problem ?? .otherName)
        }
      }
    }
  }

  /// Lines of the comments that are about a finding: its own, and the one above where that is nothing else.
  private static func lines(of comments: [Int: AllowingComment], for finding: FileFinding) -> [Int] {
    // What stands for many stands nowhere.
    guard finding.finding.more == nil else { return [] }
    let line = finding.start.line
    let above = comments[line - 1].map { $0.standsAlone ? [line - 1] : [] } ?? []
    return (comments[line] == nil ? [] : [line]) + above
  }

  private func allowance(
    of finding: FileFinding, in source: FileSource, _ comments: [Int: AllowingComment]
  ) -> FileFinding.Allowance? {
    if finding.finding.dataClass == .canary, !planted.isEmpty, let path = source.path,
      planted.holds(finding.finding.fingerprint, at: path)
    {
      return .planted
    }
    if filter.heedsComments {
      let dataClass = finding.finding.dataClass
      // What was planted to be noticed is never waved through by the file that holds it.
      for comment in Self.lines(of: comments, for: finding).compactMap({ comments[$0] })
      where dataClass != .canary && comment.allows(finding.finding.detector, of: dataClass.rawValue) {
        return .inline(reason: comment.reason)
      }
    }
    return baseline?.contains(finding) == true ? .baseline : nil
  }
}
