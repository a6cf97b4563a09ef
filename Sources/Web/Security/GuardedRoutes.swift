/// What the guard knows of the routes behind it: their labels in metrics, and which are open to everybody.
struct GuardedRoutes: Sendable {
  /// Those asked by machines that hold no password; a liveness check must not fail because others ask too often either.
  private let open: Set<String>
  private let known: Set<String>

  init(telemetryPath: String) {
    let health: Set = ["/-/healthy", "/-/ready"]
    known = health.union([telemetryPath, "/", "/-/reload", "/config", "/probe"])
    // Metrics are never open, wherever they were put.
    open = health.subtracting([telemetryPath])
  }

  /// The label `handler`.
  func handler(of path: String) -> String { known.contains(path) ? path : "other" }

  func isOpen(_ path: String) -> Bool { open.contains(path) }
}
