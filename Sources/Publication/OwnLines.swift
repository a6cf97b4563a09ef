import Exposition

/// Told of the exporter's own lines, in their order.
protocol OwnLineListener {
  /// - Parameter labels: asked only by who needs them.
  mutating func take(
    _ metric: MetricDescriptor, suffix: String, _ value: SampleValue, labels: () -> LabelSet)
}

extension OwnLineListener {
  mutating func take(_ metric: MetricDescriptor, _ value: SampleValue, labels: () -> LabelSet = { .none }) {
    take(metric, suffix: "", value, labels: labels)
  }
}

/// The values alone, which are others at each scrape.
struct OwnValues: OwnLineListener {
  private(set) var values: [SampleValue] = []

  init() {
    values.reserveCapacity(100)
  }

  mutating func take(_ metric: MetricDescriptor, suffix: String, _ value: SampleValue, labels: () -> LabelSet) {
    values.append(value)
  }
}

/// All but the values: metadata, names and labels.
struct OwnLines: OwnLineListener {
  private(set) var heads = LineHeads()
  private let format: ExpositionFormat
  private var family: String?

  init(_ format: ExpositionFormat) {
    self.format = format
  }

  mutating func take(_ metric: MetricDescriptor, suffix: String, _ value: SampleValue, labels: () -> LabelSet) {
    let name = metric.family.name
    let metadata = name == family ? nil : FamilyMetadata(metric.family).lines(format)
    heads.append(name + suffix, labels(), after: metadata)
    family = name
  }
}

/// A kind of answer of the exporter's own server.
struct RequestKey: Hashable, Comparable {
  let handler: String
  let code: Int

  var labels: LabelSet { LabelSet([Label("handler", handler), Label("code", String(code))]) }

  static func < (left: RequestKey, right: RequestKey) -> Bool {
    (left.handler, left.code) < (right.handler, right.code)
  }
}
