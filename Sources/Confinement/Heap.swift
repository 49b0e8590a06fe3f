internal import CLinux

/// The memory of this process.
package enum Heap {
  /// Gives back early what a peak of traffic took: the C library keeps it by default, up to eight arenas for each
  /// processor, and raises on its own what it calls long. To be called before there are threads.
  package static func giveBackEarly() {
    cl_heap_settings(
      ConfinementLimits.heapArenas, ConfinementLimits.heapMappedBytes, ConfinementLimits.heapKeptBytes)
  }

  /// Gives back the free pages between those in use, which the C library keeps.
  ///
  /// - Complexity: 0.1 ms, and 3 ms after a peak, in which other threads may wait for memory.
  package static func giveBack() { cl_heap_give_back() }

  /// Lets go of the program's code, of which a start needs far more than what comes after it.
  package static func giveBackCode() { cl_code_give_back() }
}
