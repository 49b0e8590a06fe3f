internal import Confinement
internal import FileInspection
internal import Glibc

/// What is piped in.
enum StandardInput {
  /// All of it.
  ///
  /// - Throws: ``FileInspectionError`` with `.tooLarge` where that does not fit into memory.
  static func bytes() throws(FileInspectionError) -> [UInt8] {
    guard !StandardStream.wasClosed(0) else {
      throw FileInspectionError(.missing, at: "-", "is closed.", remedy: "Pipe something in.")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(0, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw FileInspectionError(
          .missing, at: "-", "cannot be read: \(String(cString: strerror(errno))).", remedy: "Pipe something in.")
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= FileInspectionLimits.bytesInMemory else {
        throw FileInspectionError(
          .tooLarge, at: "-", "is more than \(FileInspectionLimits.bytesInMemory >> 20) MB.",
          remedy: "Put it into a file: those may have any size.")
      }
    }
  }
}
