internal import Glibc

/// The programs that connect, by the numbers that their connections carry. The host's side, which reads.
///
/// A file in memory that the relay writes (``ProgramBookWriter``) before a connection goes on. So whoever has accepted
/// the connection finds the program there, without waiting for anything to be delivered.
package final class ProgramBook: Sendable {
  private let file: Descriptor

  package init() throws(ConfinementFailure) {
    file = try .memoryFile(named: "sallyport-programs", holding: [])
  }

  /// For the relay; stays this book's.
  package var descriptor: CInt { file.number }

  /// The path of a program, as it is inside the sandbox. One read of memory; any thread may ask.
  ///
  /// - Returns: `nil` for 0, and for numbers that nobody wrote.
  package func program(numbered number: UInt32) -> String? {
    guard let place = ProgramBookWriter.place(of: number) else { return nil }
    let path = [UInt8](unsafeUninitializedCapacity: ConfinementLimits.pathBytes) { buffer, count in
      count = max(0, pread(file.number, buffer.baseAddress, buffer.count, place))
    }.prefix { $0 != 0 }
    return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
  }
}
