internal import Confinement
internal import Glibc

/// The streams of one run of git: what it reads and what it complains of lie in memory, what it prints comes through a
/// pipe.
struct GitStreams: ~Copyable {
  private let input: Descriptor
  private let errors: Descriptor
  private let reading: Descriptor
  private var writing: CInt

  init(input bytes: [UInt8]) throws(FileInspectionError) {
    let input = try Self.memory(holding: bytes)
    let errors = try Self.memory(holding: [])
    let pipe = try Self.pipe()
    self.input = input
    self.errors = errors
    reading = Descriptor(owning: pipe.reading)
    writing = pipe.writing
  }

  static func memory(holding bytes: [UInt8]) throws(FileInspectionError) -> Descriptor {
    do {
      return try Descriptor.memoryFile(named: "git", holding: bytes)
    } catch {
      throw failure(error)
    }
  }

  static func pipe() throws(FileInspectionError) -> (reading: CInt, writing: CInt) {
    do {
      return try Descriptor.pipe()
    } catch {
      throw failure(error)
    }
  }

  private static func failure(_ error: ConfinementFailure) -> FileInspectionError {
    FileInspectionError(.git, at: "git", "cannot be started: \(error).", remedy: "Free memory and descriptors.")
  }

  deinit { if writing >= 0 { close(writing) } }

  /// The child's.
  var ofChild: [CInt] { [input.number, writing, errors.number] }

  /// All that it prints, once it was started.
  ///
  /// - Returns: `nil` where that is too much.
  mutating func output() -> [UInt8]? {
    close(writing)
    writing = -1
    return Descriptor.readAll(reading.number, limit: FileInspectionLimits.gitOutputBytes)
  }

  /// The beginning of what it complained of, in one line without a full stop.
  func complaint() -> String {
    var bytes = [UInt8](repeating: 0, count: FileInspectionLimits.complaintBytes)
    let count = pread(errors.number, &bytes, bytes.count, 0)
    let lines = bytes.prefix(max(0, count)).split(separator: UInt8(ascii: "\n"))
    let text = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "; ")
    return text.hasPrefix("fatal: ") ? String(text.dropFirst("fatal: ".count)) : text
  }
}
