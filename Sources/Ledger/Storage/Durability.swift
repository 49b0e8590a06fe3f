/// What an entry has to survive before its append completes.
package enum Durability: String, Sendable, Hashable, CaseIterable {
  /// Our own death at any instant, `kill -9` included: the entry is in the kernel's page cache.
  case process
  /// Loss of power: the entry was forced to the disk (fdatasync(2)).
  case disk
}
