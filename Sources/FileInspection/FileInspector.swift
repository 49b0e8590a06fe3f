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
  private let knowsGaps: Bool

  /// - Parameters:
  ///   - detectors: with the baseline's key for their fingerprints, where there is one.
  ///   - planted: where canaries may be.
  ///   - ownCode: what is looked for beside.
  ///   - knowsGaps: whether files that cannot be decoded are to be known again, which takes a hash of each file.
  package init(
    _ detectors: DetectorSet, filter: FindingFilter = FindingFilter(), baseline: Baseline? = nil,
    planted: PlantedCanaries = PlantedCanaries(), ownCode: FingerprintSet? = nil, knowsGaps: Bool = false
  ) {
    self.ownCode = ownCode
    self.knowsGaps = knowsGaps
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
    _ sources: [FileSource], of repository: GitRepositoryPlace? = nil, gaps missed: [FileInspectionReport.Gap] = [],
    progress: (Progress) -> Void = { _ in }
  ) async throws(FileInspectionError) -> FileInspectionReport {
    let blobs = try repository.map { place throws(FileInspectionError) in try GitBlobs(try place.command()) }
    let parts = await inspectAll(sources, blobs, progress)
    await blobs?.close()
    let findings = parts.flatMap(\.findings)
    var gaps = parts.flatMap(\.gaps)
    gaps += missed.map { .init(path: TellableName.text($0.path, detectors), reason: $0.reason) }
    if findings.count > FileInspectionLimits.findings {
      gaps.append(.init(path: "-", reason: "more findings than are kept"))
    }
    return FileInspectionReport(
      findings: Array(findings.prefix(FileInspectionLimits.findings)), gaps: gaps.sorted { $0.path < $1.path },
      files: sources.count(where: \.isFile), bytes: parts.reduce(0) { $0 + $1.bytes },
      uncounted: parts.flatMap(\.uncounted))
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
    let object: String
    switch source.content {
    case .file, .bytes, .name: return inspect(source, ContentReader(source.content))
    case .object(let name), .message(let name): object = name
    }
    guard let bytes = await blobs?.bytes(object) else {
      return .unread(TellableName.text(source.name, detectors), "git has no such content, or it is too large")
    }
    if source.isMessage {
      let message = CommitMessage(ofCommit: bytes)
      return inspect(source, ContentReader(.bytes(message.bytes))) { !message.isInTrailer($0) }
    }
    let found = inspect(source, ContentReader(.bytes(bytes)))
    guard found.findings.contains(where: { !$0.isInName }), let before = source.predecessor,
      let older = await blobs?.bytes(before)
    else {
      return found
    }
    let known = KnownFindings(sightings(in: ContentReader(.bytes(older))).findings)
    return InspectedSource(
      findings: found.findings.filter { $0.isInName || !known.contains($0.finding) }, gaps: found.gaps,
      bytes: found.bytes, uncounted: found.uncounted)
  }

  /// What one reading of a content came to.
  private struct Sighted {
    let findings: [Finding]
    let bytes: Int
    let problem: String?
    /// `nil` where nobody asks, and where not all was read.
    let fingerprint: String?
  }

  private func sightings(in reader: ContentReader) -> Sighted {
    let scanner = ownCode.map { OwnCodeScanner($0) }
    var inspector = MessageInspector(detectors, place: .body, alongside: scanner)
    var whole = knowsGaps ? detectors.runningFingerprint() : nil
    let problem = reader.read {
      inspector.inspect($0)
      whole?.add($0)
    }
    let inspected = inspector.finish().with(scanner?.findings(in: .body) ?? [])
    return Sighted(
      findings: inspected.findings, bytes: inspected.inspectedBytes, problem: problem,
      fingerprint: problem == nil ? whole?.text : nil)
  }

  private func inspect(
    _ source: FileSource, _ reader: ContentReader, where isWanted: (Finding) -> Bool = { _ in true }
  ) -> InspectedSource {
    let name = TellableName(of: source, detectors)
    let named = name.findings.filter(filter.takes).map { finding in
      var inName = FileFinding(
        path: name.text, commit: source.commit, start: Self.beginning, end: Self.beginning, finding: finding,
        isInName: true)
      if baseline?.contains(inName) == true { inName.allowance = .baseline }
      return inName
    }
    let sighted = sightings(in: reader)
    var gaps = gaps(sighted, name.text)
    gaps += name.issues.map { .init(path: name.text, reason: "\($0.detector) in the name") }
    if let problem = sighted.problem { gaps.append(.init(path: name.text, reason: problem)) }
    let wanted = sighted.findings.filter { $0.dataClass != .opaque && filter.takes($0) && isWanted($0) }
    let (findings, uncounted) = located(wanted, in: source, name.text, reader)
    return InspectedSource(findings: named + findings, gaps: gaps, bytes: sighted.bytes, uncounted: uncounted)
  }

  /// What could not be decoded, or was not looked at.
  private func gaps(_ sighted: Sighted, _ name: String) -> [FileInspectionReport.Gap] {
    sighted.findings.filter { $0.dataClass == .opaque }.map { issue in
      let layers = issue.layers.isEmpty ? "" : " under " + issue.layers.joined(separator: ", then ")
      var gap = FileInspectionReport.Gap(
        path: name, reason: "\(issue.detector) in bytes \(issue.span.start) to \(issue.span.end)\(layers)",
        content: sighted.fingerprint.map { .init(issue: issue.detector, fingerprint: $0) })
      gap.isInBaseline = baseline?.contains(gap) ?? false
      return gap
    }
  }

  private static let beginning = TextPlace(line: 1, column: 1)

  private func located(
    _ findings: [Finding], in source: FileSource, _ name: String, _ reader: ContentReader
  ) -> (findings: [FileFinding], uncounted: [UncountedComment]) {
    guard !findings.isEmpty else { return ([], []) }
    var places = TextPlaces(of: findings.flatMap { [$0.span.start, $0.span.end] })
    // A file that became shorter since: what was found in it is told without a place.
    _ = reader.read { places.receive($0) }
    places.finish()
    let located = findings.map { finding in
      let start = places.places[finding.span.start] ?? Self.beginning
      var located = FileFinding(
        path: name, commit: source.commit, start: start,
        end: places.places[finding.span.end] ?? start, finding: finding)
      located.allowance = allowance(of: located, in: source, places.comments)
      return located
    }
    return (located, filter.heedsComments ? uncounted(beside: located, places.comments) : [])
  }

  /// Comments that let nothing stand beside what is open.
  private func uncounted(
    beside findings: [FileFinding], _ comments: [Int: AllowingComment]
  ) -> [UncountedComment] {
    guard !comments.isEmpty else { return [] }
    let counting = Set(findings.filter { $0.allowance != nil }.flatMap { Self.lines(of: comments, for: $0) })
    var seen: Set<Int> = []
    return findings.filter { $0.allowance == nil }.flatMap { finding in
      Self.lines(of: comments, for: finding).filter { !counting.contains($0) && seen.insert($0).inserted }.compactMap {
        line in
        comments[line].map { comment in
          UncountedComment(
            path: finding.path, line: line, names: comment.names.sorted().map { TellableName.text($0, detectors) },
            problem: comment.problem ?? .otherName)
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
