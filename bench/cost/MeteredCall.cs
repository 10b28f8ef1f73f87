namespace Jobs.Bench.Cost;

/// <summary>A call that a run made, and what it pays in DynamoDB.</summary>
/// <param name="Who">The function, or <c>worker</c>.</param>
/// <param name="Operation">Such as <c>PutItem</c>.</param>
/// <param name="IsDynamo">Whether DynamoDB was called, and not another service.</param>
/// <param name="Items">Of a call of another service, the run that it is about, which pays nothing.</param>
internal sealed record MeteredCall(string Who, string Operation, bool IsDynamo, IReadOnlyList<ItemUnits> Items);
