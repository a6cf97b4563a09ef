import CMalloc

/// Memory that the process has freed and not given back.
///
/// GNU's C library keeps a heap for each of several threads, and a change of very many series frees in one what the next change
/// takes from another: a third of the memory would be kept for nothing.
enum SpareMemory {
  /// Gives it back, which takes milliseconds where it is much. With another C library it does nothing.
  static func release() {
    malloc_trim(0)
  }
}
