import Usage

/// Indices of things by id, made if they are unknown.
extension Directory {
  mutating func findAgent(_ id: String, of provider: ProviderKind, since: Day) -> Int {
    if let known = agent(id, of: provider) { return known }
    let owner = findPerson("user-1", joined: since)
    agents.append(
      Agent(id: id, name: id, provider: provider, team: "Technik", description: "", owner: owner, since: since))
    return agents.count - 1
  }

  mutating func findPerson(_ id: String, joined: Day) -> Int {
    if let known = people.firstIndex(where: { $0.id == id }) { return known }
    people.append(Person(id: id, name: id, email: "\(id)@grueneberg.example", team: "Technik", joined: joined))
    return people.count - 1
  }

  mutating func findModel(_ name: String, _ provider: String, ownKeys: Bool) -> Int {
    let known = models.firstIndex { $0.name == name && $0.provider == provider && $0.ownKeys == ownKeys }
    if let known { return known }
    let prices = Prices(input: 0, cached: 0, output: 0)
    models.append(Model(name: name, provider: provider, ownKeys: ownKeys, prices: prices))
    return models.count - 1
  }

  mutating func findProject(_ id: String) -> Int {
    if let known = projects.firstIndex(where: { $0.id == id }) { return known }
    projects.append(Project(id: id, name: id, owner: 0))
    return projects.count - 1
  }

  mutating func findKey(_ id: String) -> Int {
    if let known = apiKeys.firstIndex(where: { $0.id == id }) { return known }
    apiKeys.append(APIKey(id: id, name: id))
    return apiKeys.count - 1
  }

  mutating func findNumber(_ id: String, number: String, country: String) -> Int {
    if let known = numbers.firstIndex(where: { $0.id == id }) { return known }
    let serial = String(100 + numbers.count)
    let plain = number.isEmpty ? "+12025550\(serial)" : number
    numbers.append(PhoneNumber(id: id, number: plain, country: country, status: "active"))
    return numbers.count - 1
  }
}
