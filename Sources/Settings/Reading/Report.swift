/// What was found wrong with one configuration so far.
struct Report {
  /// A file of a hundred thousand faults is one mistake, and nobody reads beyond the first few.
  private static let limit = 1000

  let file: String
  private var found: Set<Diagnostic> = []
  private var warned: Set<Diagnostic> = []

  init(file: String) {
    self.file = file
  }

  /// Sorted by place; the same fault at the same place, as of a value used twice, is there once.
  var faults: [Diagnostic] { found.sorted() }
  var warnings: [Diagnostic] { warned.sorted() }
  /// Whether no more faults are taken, so that it is no use to find out more about them.
  var isFull: Bool { found.count >= Report.limit }

  mutating func fault(at place: Place, _ message: @autoclosure () -> String) {
    guard !isFull else { return }
    found.insert(Diagnostic(file: file, at: place, message()))
  }

  mutating func warn(at place: Place, _ message: String) {
    guard warned.count < Report.limit else { return }
    warned.insert(Diagnostic(file: file, at: place, message))
  }
}
