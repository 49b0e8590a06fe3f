internal import Enforcement
internal import NIOCore

/// The part of a request's body that has arrived and has not left.
///
/// Held in memory up to a limit and in a file without a name beyond it, in the order of arrival. Only what was there
/// when the hold was last sealed can be taken out, so that nothing leaves which came after its evidence.
final class BodyHold {
  private let limits: DoorLimits
  private let spool: SpoolDirectory
  private let loop: any EventLoop
  private let memory: BodyMemory
  private var chunks: CircularBuffer<ByteBuffer> = []
  /// Of them the last ones, which are still in the memory that the connection read into.
  private var sharedChunks = 0
  /// Of them the last ones, which nobody has looked at.
  private var unexaminedChunks = 0
  private var heldBytes = 0
  private var sealedChunks = 0
  private var file: SpoolFile?
  /// Bytes taken in up to now, those that have left included.
  private(set) var totalBytes = 0
  private var isWholeInMemory = true

  init(_ door: LoopDoor) {
    limits = door.limits
    spool = door.spool
    loop = door.loop
    memory = door.memory
  }

  deinit { memory.giveBack(heldBytes) }

  /// Whether nothing is held, sealed or not.
  var isEmpty: Bool { chunks.isEmpty && (file?.isDrained ?? true) }
  /// Whether something sealed is still to be taken out.
  var hasSealed: Bool { sealedChunks > 0 || file?.hasSealed == true }
  var isOverLimit: Bool { totalBytes > limits.bodyBytes }

  /// Takes in the next bytes, to be examined later; those that go to the file are examined at once.
  ///
  /// - Returns: a future where the bytes are on their way to the file; no more should be read until it is there.
  func append(_ bytes: ByteBuffer, of examination: Examination?) -> EventLoopFuture<Void>? {
    examination?.bodyBegins()
    totalBytes += bytes.readableBytes
    if file == nil, heldBytes + bytes.readableBytes <= limits.bodyMemoryBytes, memory.take(bytes.readableBytes) {
      heldBytes += bytes.readableBytes
      chunks.append(bytes)
      sharedChunks += 1
      unexaminedChunks += 1
      return nil
    }
    isWholeInMemory = false
    showUnexamined(to: examination)
    examination?.take(bytes)
    do {
      let file = try self.file ?? spool.open()
      self.file = file
      return file.append(bytes, on: loop)
    } catch {
      return loop.makeFailedFuture(error)
    }
  }

  /// Copies what has to wait: the connection would make and fill as much new memory for what it reads next as it ever
  /// read at once.
  func keepApart() {
    for index in chunks.indices.suffix(sharedChunks) {
      chunks[index] = ByteBuffer(bytes: chunks[index].readableBytesView)
    }
    sharedChunks = 0
  }

  /// Shows what is in memory and was not shown before, in the order of arrival.
  ///
  /// Of short bodies that is all of them at once, when they are whole: what an examination has open takes many times the
  /// memory of the bytes that wait for it.
  func showUnexamined(to examination: Examination?) {
    for chunk in chunks.suffix(unexaminedChunks) { examination?.take(chunk) }
    unexaminedChunks = 0
  }

  /// Marks what is here now as that which the next evidence is about.
  func seal() {
    sealedChunks = chunks.count
    file?.seal()
  }

  /// The whole body, where nothing of it has left or gone to the file.
  func wholeBody() -> [UInt8]? {
    guard isWholeInMemory else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(totalBytes)
    for chunk in chunks { bytes.append(contentsOf: chunk.readableBytesView) }
    return bytes
  }

  /// Takes out the next sealed bytes that are in memory.
  func nextInMemory() -> ByteBuffer? {
    guard sealedChunks > 0, let chunk = chunks.popFirst() else { return nil }
    sealedChunks -= 1
    sharedChunks = min(sharedChunks, chunks.count)
    heldBytes -= chunk.readableBytes
    memory.giveBack(chunk.readableBytes)
    isWholeInMemory = false
    return chunk
  }

  /// Takes out the next sealed bytes of the file, once memory is empty of sealed ones.
  func nextInFile() -> EventLoopFuture<ByteBuffer>? {
    guard let file, file.hasSealed else { return nil }
    return file.read(on: loop)
  }

  func discard() {
    memory.giveBack(heldBytes)
    heldBytes = 0
    chunks.removeAll()
    sealedChunks = 0
    sharedChunks = 0
    unexaminedChunks = 0
    file = nil
    isWholeInMemory = false
  }
}
