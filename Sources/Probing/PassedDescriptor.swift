internal import CProbe

/// A descriptor that one process hands to another (SCM_RIGHTS of unix(7)).
package enum PassedDescriptor {
  package static func pass(_ descriptor: Int32, over socket: Int32) { _ = cp_pass_descriptor(socket, descriptor) }
}
