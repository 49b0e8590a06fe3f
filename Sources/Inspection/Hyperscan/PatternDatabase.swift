internal import CHyperscan
internal import Synchronization

/// Patterns compiled for one pass over a stream, whatever their number.
final class PatternDatabase: Sendable {
  // Written by the initialiser only; Hyperscan lets any number of threads scan with one database.
  nonisolated(unsafe) let handle: OpaquePointer

  // Safe: owned by the database or by the one stream it is lent to, never by both.
  private struct StreamHandle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// Streams at their beginning.
  private let streams = Mutex<[StreamHandle]>([])
  /// What the messages of a few threads use at the same time: some KB each.
  private static let mostStreams = 32

  /// What one ``PatternStream`` takes in memory.
  let streamBytes: Int

  private init(handle: OpaquePointer) {
    self.handle = handle
    var bytes = 0
    streamBytes = hs_stream_size(handle, &bytes) == HS_SUCCESS ? bytes : 0
  }

  deinit {
    for stream in streams.withLock({ $0 }) { hs_close_stream(stream.pointer, nil, nil, nil) }
    hs_free_database(handle)
  }

  /// A stream at its beginning.
  ///
  /// - Returns: `nil` when memory is short.
  func takeStream() -> OpaquePointer? {
    if let stream = streams.withLock({ $0.popLast() }) { return stream.pointer }
    var stream: OpaquePointer?
    return hs_open_stream(handle, 0, &stream) == HS_SUCCESS ? stream : nil
  }

  /// - Parameter stream: of this database, which nobody uses any more.
  func giveBack(_ stream: OpaquePointer) {
    let isKept =
      hs_reset_stream(stream, 0, nil, nil, nil) == HS_SUCCESS
      && streams.withLock { streams in
        guard streams.count < Self.mostStreams else { return false }
        streams.append(StreamHandle(pointer: stream))
        return true
      }
    if !isKept { hs_close_stream(stream, nil, nil, nil) }
  }

  /// Compiles patterns; the identifier of each is its index.
  ///
  /// - Throws: ``DetectorError`` `.engine` with Hyperscan's own words, and the index in its place.
  convenience init(_ patterns: [String]) throws(DetectorError) {
    guard hs_valid_platform() == HS_SUCCESS else {
      throw DetectorError(
        code: .engine, place: "this machine", sentence: "the processor lacks SSSE3, which Hyperscan needs",
        remedy: "run on a newer x86-64 processor")
    }
    var database: OpaquePointer?
    var failure: UnsafeMutablePointer<hs_compile_error_t>?
    let identifiers = (0..<UInt32(patterns.count)).map { $0 }
    let texts = patterns.map { Array($0.utf8CString) }
    let result = Self.withPointers(to: texts) { pointers in
      hs_compile_multi(
        pointers, nil, identifiers, UInt32(patterns.count), UInt32(HS_MODE_STREAM), nil, &database, &failure)
    }
    defer { if let failure { hs_free_compile_error(failure) } }
    guard result == HS_SUCCESS, let database else {
      let words = failure.flatMap { $0.pointee.message.map { String(cString: $0) } } ?? "error \(result)"
      let index = failure.map { Int($0.pointee.expression) } ?? -1
      throw DetectorError(
        code: .engine, place: "pattern \(index)", sentence: "Hyperscan refuses it: \(words)",
        remedy: "write the pattern with shorter repeats")
    }
    self.init(handle: database)
  }

  /// Reads what ``serialised`` wrote.
  ///
  /// - Returns: `nil` where this library or machine cannot use it.
  convenience init?(serialised bytes: UnsafeRawBufferPointer) {
    var database: OpaquePointer?
    let result = hs_deserialize_database(
      bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, &database)
    guard result == HS_SUCCESS, let database else { return nil }
    self.init(handle: database)
  }

  var serialised: [UInt8]? {
    var bytes: UnsafeMutablePointer<CChar>?
    var length = 0
    guard hs_serialize_database(handle, &bytes, &length) == HS_SUCCESS, let bytes else { return nil }
    defer { CHyperscan.free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: length))
  }

  /// The library's version and the machine's features, which a serialised database depends on.
  static var platform: String {
    var features = hs_platform_info_t()
    hs_populate_platform(&features)
    let version = hs_version().map { String(cString: $0) } ?? ""
    return "\(version) \(features.tune) \(features.cpu_features) streaming, no flags"
  }

  private static func withPointers<Result>(
    to texts: [[CChar]], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    // One block of memory holds all texts, so that no pointer outlives what it points into.
    let joined = texts.flatMap { $0 }
    return joined.withUnsafeBufferPointer { buffer in
      var offset = 0
      let pointers: [UnsafePointer<CChar>?] = texts.map { text in
        defer { offset += text.count }
        return buffer.baseAddress.map { $0 + offset }
      }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}
