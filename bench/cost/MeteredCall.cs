namespace Jobs.Bench.Cost;

/// <summary>A call that a run made, and what it pays in DynamoDB.</summary>
/// <param name="Who">The function, or <c>worker</c>.</param>
/// <param name="Operation">Such as <c>PutItem</c>.</param>
/// <param name="Items">None for a call of another service.</param>
internal sealed record MeteredCall(string Who, string Operation, IReadOnlyList<ItemUnits> Items);
