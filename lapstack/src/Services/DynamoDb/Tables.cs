using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.Processes;
using Lapstack.Template;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// The stack's tables. They are made while everything else starts; the first use of one waits for it.
/// </summary>
internal sealed class Tables(DynaliteProxy proxy) : IHostedPart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentDictionary<string, TableDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _making = new(StringComparer.Ordinal);

    public IEnumerable<TableDefinition> All => _definitions.Values.OrderBy(table => table.Name, StringComparer.Ordinal);

    public TableDefinition? Find(string name) => _definitions.GetValueOrDefault(name);

    /// <param name="create">The request for CreateTable.</param>
    public void Add(TableDefinition definition, JsonObject create, CancellationToken cancellation)
    {
        _definitions[definition.Name] = definition;
        _making[definition.Name] = EnsureAsync(definition, create, cancellation);
    }

    /// <summary>Completes when every table is there.</summary>
    public Task ReadyAsync() => Task.WhenAll(_making.Values);

    public Task StartAsync(CancellationToken cancellation) => ReadyAsync().WaitAsync(cancellation);

    private async Task EnsureAsync(TableDefinition definition, JsonObject create, CancellationToken cancellation)
    {
        var described = await proxy.CallAsync(
            "DescribeTable", new JsonObject { ["TableName"] = definition.Name }, cancellation);
        if (described.IsSuccess)
        {
            RefuseChange(definition, create, described.Json["Table"]!);
            if (!IsActive(described))
            {
                throw new TemplateException(
                    $"Table {definition.Name} was being made when the emulator died. Delete the state folder to make " +
                    "it afresh.");
            }

            return;
        }

        var created = await proxy.CallAsync("CreateTable", create, cancellation);
        if (!created.IsSuccess)
        {
            throw new TemplateException(
                $"Table {definition.Name} cannot be made locally: {created.Json.ToJsonString()}");
        }

        // As in DynamoDB, a table that is being made is not found by reads and writes.
        while (!IsActive(
            await proxy.CallAsync(
                "DescribeTable", new JsonObject { ["TableName"] = definition.Name }, cancellation)))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private static bool IsActive(DynaliteAnswer described) =>
        described.IsSuccess && (string?)described.Json["Table"]!["TableStatus"] == "ACTIVE";

    private static void RefuseChange(TableDefinition definition, JsonObject wanted, JsonNode stored)
    {
        if (Shape(wanted) == Shape(stored)) return;
        throw new TemplateException(
            $"Table {definition.Name} in the state folder has other keys or indexes than the template. Delete the " +
            "state folder to start with an empty table.");
    }

    private static string Shape(JsonNode table)
    {
        var indexes = (table["GlobalSecondaryIndexes"] as JsonArray ?? [])
            .Concat(table["LocalSecondaryIndexes"] as JsonArray ?? [])
            .Select(i => $"{i!["IndexName"]}{Keys(i)}").Order(StringComparer.Ordinal);
        return $"{Keys(table)} {string.Join(" ", indexes)}";
    }

    private static string Keys(JsonNode of) =>
        string.Join(
            ",",
            of["KeySchema"]!.AsArray()
                .Select(k => $"{k!["AttributeName"]}:{k["KeyType"]}")
                .Order(StringComparer.Ordinal));
}
