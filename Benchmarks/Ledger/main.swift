// How many entries a second the ledger takes, in `durability: process`, and how long one append waits for its evidence.
//
//     ledger-measure [ENTRIES]
//
// Exit code 1 when the bar is missed.

internal import Evidence
internal import Foundation
internal import Ledger
internal import Synchronization

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
let leastPerSecond = 10_000

/// As long as what a decision about a request with a few files writes.
func entry(_ index: Int) -> JSONValue {
  let commitment = String(repeating: "c", count: 44)
  return [
    "v": 1, "type": "egress.decision", "t": "2026-11-20T10:00:00.000Z", "run": "01JD3K3V0000000000000000",
    "seq": .integer(index), "host": "api.model.test", "port": 443, "method": "POST", "verdict": "allow",
    "rule": ["name": "bench", "file": "policy.yaml", "line": 4],
    "bytes": ["request": 60_000, "inspected": 60_000, "body": 59_700],
    "path": ["alg": "sha256-salted", "c": .string(commitment)],
    "body": ["alg": "sha256-salted", "c": .string(commitment)],
    "sources": [["path": "Sources/Wire/RequestParser.swift", "start": 1, "end": 120, "lines": 120]],
  ]
}

func measure(in directory: String) async throws -> Bool {
  let log = try TransparencyLog.open(at: directory + "/log", key: LedgerKey.random(), anchor: nil)
  let done = Atomic(0)
  let begin = ContinuousClock.now
  for index in 0..<count {
    // As many at once as a busy proxy has requests under way.
    while index - done.load(ordering: .acquiring) > 256 { sched_yield() }
    log.append([entry(index)]) { _ in done.add(1, ordering: .releasing) }
  }
  while done.load(ordering: .acquiring) < count { sched_yield() }
  let perSecond = Int(Double(count) / ((ContinuousClock.now - begin) / .seconds(1)))
  var waits: [Duration] = []
  for index in 0..<2000 {
    let begin = ContinuousClock.now
    _ = try await log.append([entry(index)])
    waits.append(ContinuousClock.now - begin)
  }
  try log.close()
  let wait = waits.sorted()[waits.count / 2] / .microseconds(1)
  print(
    "ledger: \(perSecond) appends/s with 256 under way (bar ≥ \(leastPerSecond)",
    perSecond >= leastPerSecond
      ? " met); one alone is durable after \(Int(wait)) µs"
      : " missed); one alone is durable after \(Int(wait)) µs")
  return perSecond >= leastPerSecond
}

var template = Array("/tmp/sallyport-ledger-XXXXXX".utf8CString)
guard let made = mkdtemp(&template) else { exit(2) }
let directory = String(cString: made)
let isMet = try await measure(in: directory)
try FileManager.default.removeItem(atPath: directory)
exit(isMet ? 0 : 1)
