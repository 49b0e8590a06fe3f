/// The credential stores that lie within what is granted without having been named.
struct CredentialMasks: Sendable {
  let targets: [Mask]

  /// - Parameter binds: with resolved sources.
  init(realHome: String, binds: [Bind]) {
    let home = HostPath.resolved(realHome) ?? HostPath.normalized(realHome)
    let stores = CredentialStores.inHome.compactMap { HostPath.resolved(home + "/" + $0) }
    let named = binds.map(\.source).filter { source in stores.contains { HostPath.isWithin(source, $0) } }
    var masks: Set<Mask> = []
    for bind in binds {
      for store in stores where HostPath.isWithin(store, bind.source) && store != bind.source {
        // Named by another grant: that one shows it, also where it lies within this one.
        if named.contains(store) { continue }
        let target = HostPath.normalized(bind.target + store.dropFirst(bind.source == "/" ? 0 : bind.source.count))
        masks.insert(Mask(target: target, isDirectory: HostPath.isDirectory(store)))
      }
    }
    targets = masks.sorted { $0.target < $1.target }
  }
}
