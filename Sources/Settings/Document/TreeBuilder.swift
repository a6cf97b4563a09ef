import Yams

/// Turns Yams' nodes into ours: expands aliases and merges within a limit, and finds duplicate keys.
struct TreeBuilder {
  /// Nodes, with aliases written out: some thousands of workspaces.
  static let sizeLimit = 200_000
  static let depthLimit = 50

  /// What stands for what in the text that was parsed.
  let mask: Mask
  let replaced: [Place: Unicode.Scalar]
  private(set) var faults: [DocumentFault] = []
  private var anchors: [String: YAMLNode] = [:]
  private var size = 0

  init(mask: Mask, replaced: [Place: Unicode.Scalar]) {
    self.mask = mask
    self.replaced = replaced
  }

  mutating func build(_ node: Node) throws(DocumentFault) -> YAMLNode {
    try build(node, depth: 0)
  }

  private mutating func build(_ node: Node, depth: Int) throws(DocumentFault) -> YAMLNode {
    let place = Place(node.mark)
    guard depth < TreeBuilder.depthLimit else { throw DocumentFault(place, SyntaxMessage.tooDeep) }
    let before = size
    try grow(by: 1, at: place)
    checkTag(node, place)
    let content: YAMLNode.Content
    switch node {
    case .scalar(let scalar):
      let text = original(scalar.string, at: place)
      if scalar.style == .plain, text.unicodeScalars.first == mask.alias {
        return try expand(text.unicodeScalars.dropFirst(), at: place)
      }
      content = .scalar(mask.restored(text), isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try build(item, depth: depth + 1)) }
      content = .sequence(items)
    case .mapping(let mapping):
      content = .mapping(try entries(of: mapping, depth: depth))
    case .alias:
      // Only an encoder makes these.
      content = .broken
    }
    let built = YAMLNode(place: place, content: content, size: size - before)
    if let anchor = node.anchor { anchors[anchor.rawValue] = built }
    return built
  }

  private mutating func grow(by count: Int, at place: Place) throws(DocumentFault) {
    size += count
    guard size <= TreeBuilder.sizeLimit else {
      throw DocumentFault(
        place,
        "the configuration holds more than \(TreeBuilder.sizeLimit) values, with aliases written out: shorten it")
    }
  }

  private func original(_ text: String, at place: Place) -> String {
    guard let letter = replaced[place] else { return text }
    return String(String.UnicodeScalarView([letter])) + String(text.unicodeScalars.dropFirst())
  }

  private mutating func expand(
    _ name: Substring.UnicodeScalarView, at place: Place
  ) throws(DocumentFault) -> YAMLNode {
    guard var target = anchors[String(name)] else {
      faults.append(
        DocumentFault(place, "this alias names no anchor above it: define it with `&`, or put the value in quotes"))
      return YAMLNode(place: place, content: .broken, size: 1)
    }
    // The node of the alias itself has been counted.
    try grow(by: target.size - 1, at: place)
    // A fault in the value is the fault of its use: what one key refuses may be right for another.
    target.place = place
    return target
  }

  private mutating func entries(of mapping: Node.Mapping, depth: Int) throws(DocumentFault) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var merged: [YAMLNode.Entry] = []
    var places: [String: Place] = [:]
    for (keyNode, valueNode) in mapping {
      let key = try build(keyNode, depth: depth + 1)
      let value = try build(valueNode, depth: depth + 1)
      guard case .scalar(let name, let isPlain) = key.content else {
        if case .broken = key.content { continue }
        faults.append(DocumentFault(key.place, "a key must be a single word, not a list or a mapping"))
        continue
      }
      if let first = places[name] {
        faults.append(
          DocumentFault(key.place, "this key was given on line \(first.line) already: keep one of the two"))
        continue
      }
      places[name] = key.place
      if name == "<<", isPlain {
        merged = mergeable(value)
      } else {
        entries.append(YAMLNode.Entry(key: name, place: key.place, value: value))
      }
    }
    // YAML 1.1's merge: what stands in the mapping itself wins, then the earlier of the merged.
    for entry in merged where places[entry.key] == nil {
      places[entry.key] = entry.place
      try grow(by: entry.value.size + 1, at: entry.place)
      entries.append(entry)
    }
    return entries
  }

  private mutating func mergeable(_ value: YAMLNode) -> [YAMLNode.Entry] {
    switch value.content {
    case .mapping(let entries): return entries
    case .sequence(let items) where items.allSatisfy({ if case .mapping = $0.content { true } else { false } }):
      return items.flatMap { item -> [YAMLNode.Entry] in
        if case .mapping(let entries) = item.content { entries } else { [] }
      }
    case .broken: return []
    case .scalar, .sequence:
      faults.append(DocumentFault(value.place, "`<<` merges a mapping, or a list of mappings: name one by its alias"))
      return []
    }
  }

  private static let tags = Set(
    ["", "!"] + ["str", "int", "float", "bool", "null", "seq", "map"].map { "tag:yaml.org,2002:\($0)" })

  private mutating func checkTag(_ node: Node, _ place: Place) {
    let tag =
      switch node {
      case .scalar(let scalar): scalar.tag
      case .sequence(let sequence): sequence.tag
      case .mapping(let mapping): mapping.tag
      case .alias(let alias): alias.tag
      }
    if !TreeBuilder.tags.contains(tag.description) {
      faults.append(DocumentFault(place, "a YAML tag has no meaning here: remove it, or put the value in quotes"))
    }
  }
}
