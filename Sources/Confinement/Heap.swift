internal import CLinux

/// The memory of this process.
package enum Heap {
  /// Gives back early what a peak of traffic took: the C library keeps it by default, up to eight arenas for each
  /// processor, and raises on its own what it calls long. To be called before there are threads.
  package static func giveBackEarly() {
    cl_heap_settings(
      ConfinementLimits.heapArenas, ConfinementLimits.heapMappedBytes, ConfinementLimits.heapKeptBytes)
  }
}
