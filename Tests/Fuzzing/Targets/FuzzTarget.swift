import Foundation

/// Something that reads foreign bytes, with what must hold of it whatever they are.
enum FuzzTarget: String, CaseIterable {
  case csv, json, providers, exposition, negotiation, query, retryafter, settings, webconfig

  func run(_ bytes: [UInt8]) {
    switch self {
    case .csv: CSVTarget.run(bytes)
    case .json: JSONTarget.run(bytes)
    case .providers: ProvidersTarget.run(bytes)
    case .exposition: ExpositionTarget.run(bytes)
    case .negotiation: NegotiationTarget.run(bytes)
    case .query: QueryTarget.run(bytes)
    case .retryafter: RetryAfterTarget.run(bytes)
    case .settings: SettingsTarget.run(bytes)
    case .webconfig: WebConfigTarget.run(bytes)
    }
  }

  /// Named in the environment, as libFuzzer owns the command line.
  static let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["AGENTUSAGE_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      fatalError("AGENTUSAGE_FUZZ_TARGET must be one of \(allCases.map(\.rawValue))")
    }
    return target
  }()
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)))
  return 0
}

/// Ends the process where a property does not hold, which libFuzzer takes for a crash.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
