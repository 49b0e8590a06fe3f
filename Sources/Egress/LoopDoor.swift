internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Wire

/// What the connections of one event loop share; never leaves that loop.
final class LoopDoor {
  let loop: any EventLoop
  let chamber: Chamber
  let pool: UpstreamPool
  let connector: UpstreamConnector
  let serverTLS: ServerTLS
  let limits: DoorLimits
  let spool: SpoolDirectory
  let names: NameBook
  let memory: BodyMemory
  let turns = BodyTurns()

  init(loop: any EventLoop, plan: DoorPlan, names: NameBook) {
    self.loop = loop
    self.names = names
    memory = BodyMemory(limit: plan.limits.allBodiesMemoryBytes)
    chamber = plan.chamber
    connector = plan.connector
    pool = UpstreamPool(connector: connector, loop: loop, limits: plan.limits.messages)
    serverTLS = plan.serverTLS
    limits = plan.limits
    spool = plan.spool
  }
}
