import ArgumentParser
import Collection

/// Flags about which of several instances this one is.
struct ShardOptions: ParsableArguments {
  @Option(name: .customLong("shard"), help: ArgumentHelp("This instance's shard, from 0. (default: 0)", valueName: "n"))
  var shard: Int?

  @Option(
    name: .customLong("total-shards"),
    help: ArgumentHelp("How many instances share the workspaces. (default: 1)", valueName: "n"))
  var totalShards: Int?

  @Option(
    name: .customLong("pod"),
    help: ArgumentHelp(
      "Name of the StatefulSet's pod that this is, as agent-usage-3: its number is the shard.", valueName: "name"))
  var pod: String?

  func resolved(_ environment: FlagEnvironment) throws -> Shard {
    let index = try environment.value(shard.map(String.init), "shard").map { try Self.number($0, "shard") }
    let total = try environment.value(totalShards.map(String.init), "total-shards")
      .map { try Self.number($0, "total-shards") }
    let ordinal = try environment.value(pod, "pod").map(Self.ordinal)
    if ordinal != nil, index != nil {
      throw ValidationError("--pod and --shard both name the shard: give one of them")
    }
    if ordinal != nil, total == nil {
      throw ValidationError("--pod needs --total-shards, the number of the StatefulSet's replicas")
    }
    guard let shard = Shard(index: ordinal ?? index ?? 0, total: total ?? 1) else {
      throw ValidationError(
        "the shard must be from 0 to --total-shards less one, not \(ordinal ?? index ?? 0) of \(total ?? 1)")
    }
    return shard
  }

  private static func number(_ text: String, _ name: String) throws -> Int {
    guard let number = Int(text) else { throw ValidationError("--\(name) must be a whole number, not \(text)") }
    return number
  }

  /// Kubernetes, "StatefulSets", "Stable network identity": a pod is named `<set>-<ordinal>`.
  private static func ordinal(_ pod: String) throws -> Int {
    guard let dash = pod.lastIndex(of: "-"), let ordinal = Int(pod[pod.index(after: dash)...]) else {
      throw ValidationError("--pod must end with a dash and a number, as the pods of a StatefulSet do, not \(pod)")
    }
    return ordinal
  }
}
