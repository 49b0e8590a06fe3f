/// What a run reads of other people's files before it begins.
enum RunLimits {
  /// Bytes of a `package.json`. Published ones of agents have a few KiB.
  static let packageFileBytes = 256 << 10
  /// Bytes of a Python distribution's METADATA that are looked at: its header, before the long description.
  static let metadataBytes = 64 << 10
  /// Entries of a directory of packages. A scientist's environment has about a thousand.
  static let directoryEntries = 20_000
  /// Directories above a program in which a `package.json` is looked for; `node_modules` of `node_modules` take ten.
  static let directoriesAboveProgram = 32
}
