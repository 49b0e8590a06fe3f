internal import CLinux
internal import Glibc

/// A workspace that the sandbox changes only in a layer above it (the kernel's overlayfs.rst).
///
/// Mounted over the workspace's own path in a mount namespace that only the relay and what it starts are in: the host's
/// workspace stays as it is.
package struct WorkspaceOverlay: Sendable, Hashable {
  /// Absolute, without links.
  package let workspace: String
  /// Takes in what is written; on a file system that has extended attributes of users, and not within the workspace.
  package let upper: String
  /// The kernel's own scratch, empty and on the same file system as ``upper``.
  package let work: String

  package init(workspace: String, upper: String, work: String) {
    self.workspace = workspace
    self.upper = upper
    self.work = work
  }

  /// Mounts it. The caller must have a user namespace of its own, and one thread.
  package func engage() throws(ConfinementFailure) -> EngagedLayer {
    let unshared = cl_unshare(cl_new_mount_namespace())
    guard unshared == 0 else { throw ConfinementFailure(.overlay, "unshare", errorNumber: -unshared) }
    let apart = cl_make_mounts_private()
    guard apart == 0 else { throw ConfinementFailure(.overlay, "keep mounts private", errorNumber: -apart) }
    // Opened here: the kernel takes only what is mounted in the namespace that asks.
    let lower = try open(workspace)
    let upper = try open(upper)
    let work = try open(work)
    let result = cl_mount_overlay(lower.number, upper.number, work.number, workspace)
    guard result == 0 else { throw ConfinementFailure(.overlay, "mount", errorNumber: -result) }
    return EngagedLayer(.overlay, "what changes in the workspace waits to be applied")
  }

  private func open(_ path: String) throws(ConfinementFailure) -> Descriptor {
    let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw ConfinementFailure(.overlay, "open \(path)", errorNumber: errno) }
    return Descriptor(owning: number)
  }
}
