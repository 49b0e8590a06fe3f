internal import Crypto

/// A file that this program wrote to read it back, with a digest against damage.
package struct ChecksummedFile {
  private let file: ReplacedFile

  package init(_ path: String) { file = ReplacedFile(path: path) }

  /// - Parameter body: is given what was written, for as long as it runs.
  /// - Returns: `nil` where there is none, or a damaged one.
  package func read<Result>(_ body: (UnsafeRawBufferPointer) -> Result?) -> Result? {
    file.read { bytes in
      guard bytes.count >= SHA256.byteCount else { return nil }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[SHA256.byteCount...])
      guard SHA256.hash(data: rest).elementsEqual(bytes[..<SHA256.byteCount]) else { return nil }
      return body(rest)
    }
  }

  package func write(_ body: [UInt8]) { file.write(Array(SHA256.hash(data: body)), body) }
}
