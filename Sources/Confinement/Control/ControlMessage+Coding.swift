extension ControlMessage {
  package var bytes: [UInt8] {
    var out = ByteWriter()
    switch self {
    case .launch(let order):
      out.put(UInt8(1))
      out.put(order)
    case .signal(let number):
      out.put(UInt8(2))
      out.put(number)
    case .network: out.put(UInt8(3))
    case .captured(let port):
      out.put(UInt8(4))
      out.put(port)
    case .observed(let observations):
      out.put(UInt8(5))
      out.put(observations) { $0.put($1) }
    case .portsExhausted: out.put(UInt8(6))
    case .engaged(let layer):
      out.put(UInt8(7))
      out.put(layer.layer.rawValue)
      out.put(layer.detail)
    case .failed(let failure):
      out.put(UInt8(8))
      out.put(failure)
    case .terminal: out.put(UInt8(9))
    case .started: out.put(UInt8(10))
    case .ended(let end):
      out.put(UInt8(11))
      out.put(end)
    case .listener: out.put(UInt8(12))
    case .datagramsRefused(let count):
      out.put(UInt8(14))
      out.put(count)
    case .stopped(let signal):
      out.put(UInt8(13))
      out.put(signal)
    }
    return out.bytes
  }

  /// - Throws: for anything that ``bytes`` did not write, trailing bytes included.
  package init(_ bytes: [UInt8]) throws(MalformedMessage) {
    var input = ByteReader(bytes)
    switch try input.integer(UInt8.self) {
    case 1: self = .launch(try input.launchOrder())
    case 2: self = .signal(try input.integer(Int32.self))
    case 3: self = .network
    case 4: self = .captured(port: try input.integer(UInt16.self))
    case 5: self = .observed(try input.list { (each) throws(MalformedMessage) in try each.observation() })
    case 6: self = .portsExhausted
    case 7: self = .engaged(EngagedLayer(try input.layer(), try input.text()))
    case 8: self = .failed(try input.failure())
    case 9: self = .terminal
    case 10: self = .started
    case 11: self = .ended(try input.agentEnd())
    case 12: self = .listener
    case 14: self = .datagramsRefused(try input.integer(UInt64.self))
    case 13: self = .stopped(try input.integer(Int32.self))
    default: throw MalformedMessage()
    }
    guard input.isAtEnd else { throw MalformedMessage() }
  }
}

extension ByteWriter {
  fileprivate mutating func put(_ order: LaunchOrder) {
    put(order.bubblewrap)
    put(order.inner.user)
    put(order.inner.group)
    put(order.capturePorts) { $0.put($1) }
    put(order.observation.rawValue)
    put(order.overlay.map { [$0.workspace, $0.upper, $0.work] } ?? []) { $0.put($1) }
  }

  fileprivate mutating func put(_ failure: ConfinementFailure) {
    put(failure.layer.rawValue)
    put(failure.step)
    put(failure.errorNumber)
    put(failure.detail)
  }

  fileprivate mutating func put(_ end: AgentEnd) {
    put(end.code != nil)
    put(end.code ?? end.signal ?? 0)
    put(end.survivors)
  }

  package mutating func put(_ observation: Observation) {
    switch observation {
    case .executed(let process, let program):
      put(UInt8(1))
      put(process)
      put(program)
    case .opened(let process, let program, let path, let forWriting, let isThere):
      put(UInt8(2))
      put(process)
      put(program)
      put(path)
      put(forWriting)
      put(isThere)
    case .connected(let process, let program, let address, let transport):
      put(UInt8(3))
      put(process)
      put(program)
      put(address.bytes)
      put(address.port)
      put(transport.rawValue)
    case .connectedLocally(let process, let program, let path):
      put(UInt8(4))
      put(process)
      put(program)
      put(path)
    case .refused(let process, let program, let path):
      put(UInt8(5))
      put(process)
      put(program)
      put(path)
    }
  }
}

extension ByteReader {
  fileprivate mutating func launchOrder() throws(MalformedMessage) -> LaunchOrder {
    let bubblewrap = try text()
    let inner = Identity(user: try integer(UInt32.self), group: try integer(UInt32.self))
    let ports = try list { (each) throws(MalformedMessage) in try each.integer(UInt16.self) }
    guard let observation = ObservationLevel(rawValue: try integer(UInt8.self)) else { throw MalformedMessage() }
    let places = try list { (each) throws(MalformedMessage) in try each.text() }
    guard places.isEmpty || places.count == 3 else { throw MalformedMessage() }
    let overlay =
      places.isEmpty ? nil : WorkspaceOverlay(workspace: places[0], upper: places[1], work: places[2])
    return LaunchOrder(
      bubblewrap: bubblewrap, inner: inner, capturePorts: ports, observation: observation, overlay: overlay)
  }

  fileprivate mutating func layer() throws(MalformedMessage) -> ConfinementLayer {
    guard let layer = ConfinementLayer(rawValue: try text()) else { throw MalformedMessage() }
    return layer
  }

  fileprivate mutating func failure() throws(MalformedMessage) -> ConfinementFailure {
    ConfinementFailure(try layer(), try text(), errorNumber: try integer(Int32.self), detail: try text())
  }

  fileprivate mutating func agentEnd() throws(MalformedMessage) -> AgentEnd {
    let hasCode = try flag()
    let value = try integer(Int32.self)
    return AgentEnd(
      code: hasCode ? value : nil, signal: hasCode ? nil : value, survivors: try integer(Int32.self))
  }

  fileprivate mutating func observation() throws(MalformedMessage) -> Observation {
    let kind = try integer(UInt8.self)
    let process = try integer(Int32.self)
    let program = try text()
    switch kind {
    case 1: return .executed(process: process, program: program)
    case 2:
      return .opened(
        process: process, program: program, path: try text(), forWriting: try flag(), isThere: try flag())
    case 3:
      guard let address = InternetAddress(bytes: try data(), port: try integer(UInt16.self)) else {
        throw MalformedMessage()
      }
      guard let transport = Transport(rawValue: try integer(UInt8.self)) else { throw MalformedMessage() }
      return .connected(process: process, program: program, to: address, over: transport)
    case 4: return .connectedLocally(process: process, program: program, path: try text())
    case 5: return .refused(process: process, program: program, path: try text())
    default: throw MalformedMessage()
    }
  }
}
