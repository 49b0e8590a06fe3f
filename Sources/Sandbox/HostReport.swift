internal import Confinement
package import Evidence
internal import Glibc

/// What this host can do for a sandbox, layer by layer, found out by making one.
package struct HostReport: Sendable, Hashable {
  package let layers: [LayerState]

  /// Whether an agent can be run here.
  package var isSufficient: Bool { layers.allSatisfy { $0.state != .unavailable } }

  /// Builds a real sandbox around a program that ends at once, and one more inside it.
  ///
  /// - Parameter helper: the path of `sallyport-init`.
  package static func examine(helper: String) async -> HostReport {
    var layers = [kernel(), bubblewrap(), nestedIn()]
    let trial = await HostTrial.run(helper: helper)
    layers += trial.layers
    if trial.isComplete { layers.append(await HostTrial.nested(helper: helper)) }
    return HostReport(layers: layers)
  }

  private static func kernel() -> LayerState {
    var name = utsname()
    uname(&name)
    let release = withUnsafeBytes(of: name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let parts = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    let isNewEnough = parts.count == 2 && (parts[0], parts[1]) >= (5, 13)
    return LayerState(
      layer: "kernel", state: isNewEnough ? .engaged : .unavailable, detail: "Linux \(release)",
      fix: isNewEnough ? "" : "Linux 5.13 or newer is needed (Landlock); upgrade the kernel.")
  }

  private static func bubblewrap() -> LayerState {
    do throws(SandboxError) {
      let path = try HostPrograms.bubblewrap(named: nil)
      let isSetUserID = HostPath.isSetUserID(path)
      return LayerState(
        layer: "bubblewrap", state: isSetUserID ? .degraded : .engaged,
        detail: path + (isSetUserID ? ", set-user-ID" : ""),
        fix: isSetUserID ? "It need not be privileged: `sudo chmod u-s \(path)`" : "")
    } catch {
      return LayerState(layer: "bubblewrap", state: .unavailable, detail: error.sentence, fix: error.remedy)
    }
  }

  /// Says where we are: a container takes away much that the kernel would give.
  private static func nestedIn() -> LayerState {
    LayerState(
      layer: "surroundings", state: .engaged,
      detail: (Remedy.isContainer ? "in a container" : "not in a container") + (geteuid() == 0 ? ", as root" : ""),
      fix: "")
  }
}

/// One layer on this host.
package struct LayerState: Sendable, Hashable {
  package let layer: String
  package let state: State
  package let detail: String
  /// The exact thing to do; empty where nothing is to be done.
  package let fix: String

  package enum State: String, Sendable, Hashable {
    case engaged
    /// It works, with less than it could.
    case degraded
    /// No sandbox without it.
    case unavailable
  }
}

extension LayerState: JSONRepresentable {
  package var json: JSONValue {
    ["layer": .string(layer), "state": .string(state.rawValue), "detail": .string(detail), "fix": .string(fix)]
  }
}

extension HostReport: JSONRepresentable {
  package var json: JSONValue { ["sufficient": .bool(isSufficient), "layers": .array(layers.map(\.json))] }
}
