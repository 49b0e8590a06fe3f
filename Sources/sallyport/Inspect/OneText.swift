internal import Documents
internal import FileInspection
internal import Inspection

/// One text that is looked into as a whole, from a file or from what is piped in.
enum OneText {
  /// - Parameter path: of a file, or `-`.
  static func bytes(of path: String) throws -> [UInt8] {
    if path == "-" { return try StandardInput.bytes() }
    do {
      return try RegularFile.bytes(path, limit: FileInspectionLimits.bytesInMemory)
    } catch {
      throw Exit.missingInput.end("\(path): \(error.sentence). Name a file that can be read.")
    }
  }
}
