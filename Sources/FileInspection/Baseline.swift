internal import Documents
package import Evidence
internal import Glibc

/// Findings that were there when it was written, so that only what is new since then is told.
///
/// It is made to lie in a repository, and so says as little as will do: of each finding the path, the detector, and 16
/// bits of a keyed hash of what was found; of what is not told one by one its number; of what cannot be decoded a keyed
/// hash of the whole file. Whoever reads it can rule out most
/// guesses at a password, and confirm none; another secret at the same path is taken for the old one once in 65,536
/// times.
package struct Baseline: Sendable, Hashable {
  /// The key of its hashes, 32 bytes: it is in the file, so that everybody's findings can be compared.
  package let key: [UInt8]
  private var known: Set<Known>
  /// How many things of a detector were not told one by one, by path and detector.
  private var numbers: [Known: Int] = [:]

  private struct Known: Sendable, Hashable {
    let path: String
    let detector: String
    let hash: String
  }

  private static let hashDigits = 4
  /// Of a whole file, which nobody guesses; and who could choose one with the same digits would have it let stand.
  private static let fileHashDigits = 32
  private static let keyBytes = 32

  package init(key: [UInt8], of findings: some Sequence<FileFinding> = [], gaps: [FileInspectionReport.Gap] = []) {
    self.key = key
    known = Set(findings.filter { $0.finding.more == nil }.map(Self.known) + gaps.compactMap(Self.known))
    for finding in findings {
      if let more = finding.finding.more { numbers[Self.known(finding), default: 0] += more }
    }
  }

  package static func randomKey() -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    return (0..<keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  package var count: Int { known.count + numbers.values.reduce(0, +) }

  package func contains(_ finding: FileFinding) -> Bool {
    // Of what is not told one by one, no more than there was.
    if let more = finding.finding.more, let most = numbers[Self.known(finding)] { return more <= most }
    return known.contains(Self.known(finding))
  }

  /// - Parameter finding: found with ``key`` as the key of fingerprints.
  private static func known(_ finding: FileFinding) -> Known {
    Known(
      path: normal(finding.path), detector: finding.finding.detector,
      hash: String((finding.finding.fingerprint ?? "").prefix(hashDigits)))
  }

  package func contains(_ gap: FileInspectionReport.Gap) -> Bool { Self.known(gap).map(known.contains) ?? false }

  /// - Returns: `nil` for what was not read: nobody knows what it will be.
  private static func known(_ gap: FileInspectionReport.Gap) -> Known? {
    gap.content.map {
      Known(path: normal(gap.path), detector: $0.issue, hash: $0.fingerprint)
    }
  }

  /// `./a` and `a` are one path.
  private static func normal(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }
}

extension Baseline {
  /// Puts it in the place of an older one, which stays as it is where that fails.
  ///
  /// - Returns: the error number of what failed; `nil` where it is written.
  package func write(to path: String) -> CInt? {
    // What a link leads to is what is meant by it.
    let place = realpath(path, nil).map { resolved in
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let target = place ?? path
    let draft = "\(target).\(getpid()).new"
    guard let file = fopen(draft, "wxe") else { return errno }
    let bytes = Array(text.utf8)
    var isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0 && fsync(fileno(file)) == 0
    var cause = errno
    if fclose(file) != 0, isWritten { (isWritten, cause) = (false, errno) }
    guard isWritten, rename(draft, target) == 0 else {
      if isWritten { cause = errno }
      unlink(draft)
      return cause
    }
    return nil
  }

  /// - Throws: ``FileInspectionError`` with `.baseline` for a file that is none.
  package static func read(_ path: String) throws(FileInspectionError) -> Baseline {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try RegularFile.bytes(path, limit: FileInspectionLimits.baselineBytes)
    } catch {
      guard error.code == .missing else {
        throw FileInspectionError(.baseline, at: path, "\(error.sentence).", remedy: none)
      }
      throw FileInspectionError(
        .missing, at: path, "\(error.sentence).", remedy: "Write one with --write-baseline \(path).")
    }
    guard let value = try? JSONParser.parse(bytes), let baseline = Baseline(value) else {
      throw FileInspectionError(.baseline, at: path, "is no baseline of this version.", remedy: none)
    }
    return baseline
  }

  private static let none = "Name a file that --write-baseline wrote."

  /// Looks whether a baseline may be written here: nothing of somebody's is written over but a baseline.
  ///
  /// - Throws: ``FileInspectionError`` with `.occupied`.
  package static func checkPlace(_ path: String) throws(FileInspectionError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    // A file in the place of a device or a pipe would take it from everybody, as it did /dev/null.
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileInspectionError(.occupied, at: path, "is no regular file.", remedy: "Name a file to write.")
    }
    guard status.st_size > 0, (try? read(path)) == nil else { return }
    throw FileInspectionError(
      .occupied, at: path, "is there and is no baseline, so it is not written over.",
      remedy: "Name another file, or take this one away.")
  }

  private init?(_ value: JSONValue) {
    guard case .object(let members) = value, members["version"] == .integer(1),
      case .string(let text)? = members["key"], let key = Self.bytes(ofHex: text), key.count == Self.keyBytes,
      case .array(let items)? = members["findings"]
    else { return nil }
    self.key = key
    known = []
    for item in items {
      guard case .object(let parts) = item, case .string(let path)? = parts["path"],
        case .string(let detector)? = parts["detector"]
      else { return nil }
      if case .integer(let more)? = parts["more"] {
        numbers[Known(path: path, detector: detector, hash: "")] = more
        continue
      }
      // One without a value's hash is of many, whose number nobody wrote.
      guard case .string(let hash)? = parts["hash"],
        [0, Self.hashDigits, Self.fileHashDigits].contains(hash.utf8.count)
      else {
        return nil
      }
      known.insert(Known(path: path, detector: detector, hash: hash))
    }
  }

  private static func bytes(ofHex text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// The file's text: one finding a line, in an order that depends on nothing else, so that a change shows as one.
  package var text: String {
    let all = known.union(numbers.keys)
    let lines = all.sorted { ($0.path, $0.detector, $0.hash) < ($1.path, $1.detector, $1.hash) }.map { known in
      var members: [String: JSONValue] = ["path": .string(known.path), "detector": .string(known.detector)]
      if let more = numbers[known] { members["more"] = .integer(more) } else { members["hash"] = .string(known.hash) }
      return "    "
        + ((try? CanonicalJSON.encode(.object(members))).map { String(decoding: $0, as: UTF8.self) } ?? "{}")
    }
    let hex = key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return
      "{\n  \"version\": 1,\n  \"key\": \"\(hex)\",\n  \"findings\": [\n\(lines.joined(separator: ",\n"))\n  ]\n}\n"
  }
}
