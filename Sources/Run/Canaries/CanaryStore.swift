internal import Confinement
internal import Documents
package import Evidence
internal import Glibc

/// The canaries of one installation, in a file that only its owner reads.
///
/// Writers wait for each other; a reader sees what was there before a write or after it.
package struct CanaryStore: Sendable {
  private let directory: String
  private var file: String { "\(directory)/planted.json" }

  package init(_ state: StateDirectory) { directory = state.canaries }

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package static func own() throws(RunError) -> CanaryStore { CanaryStore(try StateDirectory.own()) }

  /// Canaries at once: beyond it a list helps nobody.
  private static let most = 1_000
  private static let fileBytes = 4 << 20

  /// Those that are planted, the oldest first; none where there is no file.
  ///
  /// - Throws: ``RunError`` with `.broken` for a file that is damaged, `.state` for one that cannot be read or that
  ///   others can read.
  package func canaries() throws(RunError) -> [PlantedCanary] {
    guard let status = FileStatus(path: file) else {
      guard errno == ENOENT else { throw .state(file, "cannot be read", errno) }
      return []
    }
    guard status.kind == .file, status.owner == geteuid(), status.permissions & 0o077 == 0 else {
      throw RunError(
        .state, at: file, "others can read these canaries, or the file is not yours.",
        remedy: "Make it yours alone: chmod 600.")
    }
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try RegularFile.bytes(file, limit: Self.fileBytes)
    } catch {
      throw RunError(.state, at: file, "\(error.sentence).", remedy: "Let it be readable, or remove it.")
    }
    guard let value = try? JSONParser.parse(bytes), value["version"] == .integer(1),
      case .array(let items)? = value["canaries"], case let canaries = items.compactMap(PlantedCanary.init(kept:)),
      canaries.count == items.count
    else {
      throw RunError(
        .broken, at: file, "is damaged, so that planted canaries would go unnoticed.",
        remedy: "Restore it from a backup; without it they are forgotten.")
    }
    return canaries
  }

  /// Makes a canary and writes it down before it is written anywhere else, so that none lies about unknown.
  ///
  /// - Parameters:
  ///   - place: what the file is to be: one that is not there yet, or with `appends` one that is.
  /// - Throws: ``RunError`` with `.state` where a file is there already or cannot be written.
  package func plant(
    _ kind: CanaryKind, label: String?, at place: String, appends: Bool, now: Timestamp
  ) throws(RunError) -> PlantedCanary {
    var random = SystemRandomNumberGenerator()
    let made = CanaryText.make(kind, &random)
    let wanted = FilePaths.absolute(place)
    let path = FilePaths.isDirectory(wanted) ? "\(wanted)/\(kind.fileName)" : wanted
    try check(path, appends: appends)
    let number = UInt32.random(in: .min ... .max, using: &random)
    let digits = String(number, radix: 16)
    let canary = PlantedCanary(
      id: "c_" + String(repeating: "0", count: 8 - digits.count) + digits, kind: kind, label: label,
      path: FilePaths.resolved(path), planted: now, tokens: Secret(made.tokens))
    try change { canaries throws(RunError) in
      guard canaries.count < Self.most else {
        throw RunError(
          .usage, at: file, "there are \(Self.most) canaries already.", remedy: "Remove some: sallyport canary remove.")
      }
      canaries.append(canary)
    }
    do throws(RunError) {
      try CanaryFile.write(made.text, to: path, appends: appends)
    } catch {
      try change { canaries throws(RunError) in canaries.removeAll { $0.id == canary.id } }
      throw error
    }
    return canary
  }

  /// Forgets a canary. The file that it was written into stays as it is.
  ///
  /// - Throws: ``RunError`` with `.programMissing` where there is no such canary.
  package func remove(_ id: String) throws(RunError) -> PlantedCanary {
    var removed: PlantedCanary?
    try change { canaries throws(RunError) in
      guard let index = canaries.firstIndex(where: { $0.id == id }) else {
        throw RunError(.programMissing, at: id, "there is no such canary.", remedy: "See: sallyport canary list")
      }
      removed = canaries.remove(at: index)
    }
    guard let removed else { throw RunError(.ours, at: id, "was neither removed nor missing.") }
    return removed
  }

  private func check(_ path: String, appends: Bool) throws(RunError) {
    let isThere = FileStatus(path: path) != nil
    if isThere, !appends {
      throw RunError(
        .state, at: path, "there is something already, and nothing that exists is changed.",
        remedy: "Name another path, or add to it with --append.")
    }
    if !isThere, appends {
      throw RunError(
        .programMissing, at: path, "there is no such file to add to.", remedy: "Without --append it is made.")
    }
  }

  /// One change of the file, which nobody else changes meanwhile.
  private func change(_ body: (inout [PlantedCanary]) throws(RunError) -> Void) throws(RunError) {
    try StateDirectory.make(directory)
    let lock = Descriptor(owning: open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    guard lock.number >= 0 else { throw .state(directory, "cannot be opened", errno) }
    while flock(lock.number, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .state(directory, "cannot be locked", errno) }
    }
    var canaries = try canaries()
    try body(&canaries)
    try CanaryFile.replace(file, with: try Self.text(canaries), in: lock.number)
  }

  private static func text(_ canaries: [PlantedCanary]) throws(RunError) -> [UInt8] {
    do {
      return try CanonicalJSON.encode(["version": 1, "canaries": .array(canaries.map(\.kept))]) + [0x0a]
    } catch {
      throw RunError(.ours, at: "canaries", "cannot be written as JSON: \(error).")
    }
  }
}
