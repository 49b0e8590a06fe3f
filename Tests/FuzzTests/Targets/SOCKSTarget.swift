internal import NIOCore

@testable internal import Egress

/// A SOCKS client of any version.
enum SOCKSTarget {
  struct Reading: Equatable {
    var actions: [SOCKSNegotiation.Action] = []
    var remaining: [UInt8] = []

    init(_ pieces: [[UInt8]]) {
      var negotiation = SOCKSNegotiation()
      for piece in pieces {
        negotiation.append(ByteBuffer(bytes: piece))
        while let action = negotiation.next() { actions.append(action) }
      }
      remaining = Array(negotiation.takeRemaining().readableBytesView)
    }
  }

  static func check(_ bytes: [UInt8]) throws {
    let whole = Reading([bytes])
    try demand(whole.actions.count <= 4, "\(whole.actions.count) actions in one negotiation")
    for pieces in Pieces.ways(of: bytes) {
      try demand(Reading(pieces) == whole, "the negotiation depends on how the bytes are cut")
    }
    for case .connect(let request) in whole.actions {
      try demand(request.port > 0, "port 0")
      try demand(bytes.suffix(whole.remaining.count).elementsEqual(whole.remaining), "what is left is not the end")
      switch request.host {
      case .address(let address): try demand([4, 16].contains(address.count), "an address of \(address.count) bytes")
      case .name(let name): try demand(DNSName(name)?.hostName == name, "\(name) is no host's name")
      }
    }
  }
}
