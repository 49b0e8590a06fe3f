/// What an inspection of files may cost.
package enum FileInspectionLimits {
  /// Bytes read at a time; also what is in memory of a file, whatever its size.
  static let chunkBytes = 1 << 20

  /// Bytes read at a time of what does not say how much it is.
  static let pageBytes = 4096

  /// Bytes of what has to be in memory as a whole: standard input, and one object of git's.
  package static let bytesInMemory = 256 << 20

  /// Directories within each other: a loop of mounts ends here.
  static let depth = 256

  /// Findings kept of all files: a report of more helps nobody, and what was left out is said.
  package static let findings = 100_000

  /// Bytes of what git tells of changes: some millions of them.
  static let gitOutputBytes = 1 << 30

  /// Bytes of git's complaint that are repeated.
  static let complaintBytes = 512

  /// Bytes at a line's end in which a comment that allows something is looked for.
  static let commentBytes = 512

  /// Bytes of a baseline's file.
  package static let baselineBytes = 64 << 20
}
