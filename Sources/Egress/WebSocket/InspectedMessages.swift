internal import Enforcement
internal import NIOCore
internal import Wire

/// The server's messages on their way to the client, looked into; held where a rule could end them.
final class InspectedMessages {
  let inspection: AnswerInspection
  private var reader: WebSocketReader
  private var isReadable = true
  /// What waits for the end of its message, or for what tells whether a rule ends it.
  private var held = ByteBuffer()
  private let loop: any EventLoop
  private var patience: Scheduled<Void>?
  /// Told what became of what was held, where that came of waiting.
  var whenSettled: ((Outcome) -> Void)?

  /// - Throws: where the compression that was agreed on cannot be taken off.
  init(
    _ inspection: AnswerInspection, _ deflate: PerMessageDeflate?, _ door: LoopDoor
  ) throws(WebSocketError) {
    self.inspection = inspection
    loop = door.loop
    var inflater: MessageInflater?
    if let deflate {
      inflater = try MessageInflater(
        keepsContext: deflate.keepsContext(of: .server), windowBits: deflate.windowBits(of: .server))
    }
    reader = WebSocketReader(from: .server, inflater: inflater, limits: door.limits.messages)
  }

  enum Outcome {
    /// These bytes may go on now.
    case goesOn(ByteBuffer)
    case ended(EndedAnswer)
  }

  func take(_ bytes: ByteBuffer) -> Outcome {
    look(bytes)
    guard inspection.mayEnd else { return .goesOn(bytes) }
    held.writeImmutableBuffer(bytes)
    let isTooMuch = held.readableBytes > EnforcementLimits.heldAnswerBytes
    return settle(isTooMuch ? inspection.verdictNow() : inspection.verdict())
  }

  /// The server says no more.
  func finish() -> Outcome {
    inspection.end()
    return settle(inspection.verdict())
  }

  private func settle(_ verdict: AnswerInspection.Verdict) -> Outcome {
    if case .wait = verdict {
      wait()
      return .goesOn(ByteBuffer())
    }
    patience?.cancel()
    patience = nil
    if case .end(let ended) = verdict { return .ended(ended) }
    defer { held = ByteBuffer() }
    return .goesOn(held)
  }

  private func wait() {
    guard patience == nil else { return }
    patience = loop.assumeIsolated().scheduleTask(in: TimeAmount(EnforcementLimits.answerWait)) { [weak self] in
      guard let self else { return }
      self.patience = nil
      self.whenSettled?(self.settle(self.inspection.verdictNow()))
    }
  }

  /// The client has its own word on frames that break the protocol; here they are on record as not looked into.
  private func look(_ bytes: ByteBuffer) {
    guard isReadable else { return }
    reader.append(bytes)
    do throws(WebSocketError) {
      while let event = try reader.next() {
        if case .message(let message) = event { inspection.take(message: message.payload) }
      }
    } catch {
      isReadable = false
      inspection.miss("undecodable-body")
    }
  }
}
