internal import Confinement
internal import Glibc

/// A host whose kernel makes no user namespaces, as far as one program can tell.
package enum PoorHost {
  /// Becomes `command`. Returns only where that is not possible.
  package static func run(_ command: [String]) -> Int32 {
    guard let program = command.first else { return 64 }
    let refused = SystemCallRule(
      .unshare, [.init([.argument(0, hasAnyOf: SystemCallPolicy.newNamespaces)], .refuse(EPERM))], otherwise: .allow)
    do throws(ConfinementFailure) {
      _ = try Processes.refuseNewPrivileges()
      try SystemCallFilter.installSilent(FilterProgram(rules: [refused]))
    } catch { return 70 }
    let environment = ProcessVariables.all
    _ = Processes.replace(
      with: program, arguments: Array(command.dropFirst()), environment: environment, searching: "")
    return 66
  }
}

enum ProcessVariables {
  static var all: [String] {
    var variables: [String] = []
    var pointer = environ
    while let entry = pointer.pointee {
      variables.append(String(cString: entry))
      pointer += 1
    }
    return variables
  }
}
