internal import NIOCore
internal import NIOHTTP2
internal import Wire

/// An HTTP/2 connection with a client: each of its streams gets a door of its own.
enum HTTP2Connection {
  static func handler(on channel: any Channel, door: LoopDoor, tunnel: Tunnel) -> NIOHTTP2Handler {
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: door.limits.concurrentStreams),
      HTTP2Setting(parameter: .maxHeaderListSize, value: door.limits.messages.headBytes),
      HTTP2Setting(parameter: .initialWindowSize, value: windowBytes),
    ]
    connection.targetWindowSize = windowBytes
    var stream = NIOHTTP2Handler.StreamConfiguration()
    stream.targetWindowSize = windowBytes
    stream.outboundBufferSizeHighWatermark = door.limits.responseMemoryBytes
    stream.outboundBufferSizeLowWatermark = max(1, door.limits.responseMemoryBytes / 4)
    let idleWatch = IdleWatch(channel, limit: door.limits.idle)
    channel.closeFuture.assumeIsolated().whenComplete { _ in idleWatch.stop() }
    let shared = NIOLoopBound((door, idleWatch), eventLoop: door.loop)
    return NIOHTTP2Handler(
      mode: .server, eventLoop: door.loop, connectionConfiguration: connection, streamConfiguration: stream
    ) { channel in
      channel.eventLoop.makeCompletedFuture {
        let (door, idleWatch) = shared.value
        let handler = HTTP2Door(door: door, tunnel: tunnel, idleWatch: idleWatch)
        try channel.pipeline.syncOperations.addHandler(handler)
      }
    }
  }

  /// What a client may send before we say that we have taken it in: the size of a large prompt, so that one does not
  /// wait for a round trip.
  private static let windowBytes = 1 << 20
}
