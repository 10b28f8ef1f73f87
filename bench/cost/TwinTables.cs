using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack;

namespace Jobs.Bench.Cost;

/// <summary>
/// The stack's tables once more, empty and used by no other program: calls that were made before are made here again,
/// one after the other, so that each item can be seen before and after each.
/// </summary>
internal sealed class TwinTables : IAsyncDisposable
{
    private const string TableType = "AWS::DynamoDB::Table";

    private static readonly MediaTypeHeaderValue Json = new("application/x-amz-json-1.0");

    private readonly string _folder;
    private readonly LapstackHost _host;
    private readonly HttpClient _http = new();

    private TwinTables(string folder, LapstackHost host, IReadOnlyDictionary<string, IReadOnlyList<TableIndex>> indexes)
    {
        (_folder, _host, Indexes) = (folder, host, indexes);
    }

    /// <summary>The indexes of each table, by its name here.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TableIndex>> Indexes { get; }

    /// <summary>Name of a table here, by its logical id.</summary>
    public IReadOnlyDictionary<string, string> Names => _host.Resources;

    /// <param name="template">The stack's template.</param>
    public static async Task<TwinTables> StartAsync(
        JsonObject template, TimeProvider clock, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-cost-twin-").FullName;
        var tables = template["Resources"]!.AsObject()
            .Where(resource => (string?)resource.Value!["Type"] == TableType)
            .ToDictionary(resource => resource.Key, resource => resource.Value!.DeepClone());
        await WriteAsync(folder, tables, cancellation);
        var options = new LapstackOptions
        {
            CloudAssembly = folder,
            StateFolder = Path.Combine(folder, "state"),
            Port = 0,
            TimeProvider = clock,
#pragma warning disable RS0030 // Ids of nothing that lasts, the same each time.
            Random = new Random(1),
#pragma warning restore RS0030
        };
        var host = await LapstackHost.StartAsync(options, cancellation);
        var indexes = tables.ToDictionary(table => host.Resources[table.Key], table => IndexesOf(table.Value));
        return new TwinTables(folder, host, indexes);
    }

    /// <returns>The answer, and whether the call succeeded; one whose condition did not hold has not.</returns>
    public async Task<(JsonElement Answer, bool Succeeded)> CallAsync(
        string operation, JsonNode body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Endpoint)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json),
        };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var answer = await _http.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode && !text.Contains("ConditionalCheckFailed", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{operation} cannot be made again: {text} {body.ToJsonString()}");
        }

        return (JsonDocument.Parse(text).RootElement, answer.IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task WriteAsync(
        string folder, Dictionary<string, JsonNode> tables, CancellationToken cancellation)
    {
        const string Manifest = """
            {"version":"36.0.0","artifacts":{"twin":{
              "type":"aws:cloudformation:stack","properties":{"templateFile":"twin.template.json"}}}}
            """;
        var template = new JsonObject { ["Resources"] = JsonSerializer.SerializeToNode(tables) };
        await File.WriteAllTextAsync(Path.Combine(folder, "twin.template.json"), template.ToJsonString(), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), Manifest, cancellation);
    }

    private static IReadOnlyList<TableIndex> IndexesOf(JsonNode table) =>
    [
        .. from index in table["Properties"]!["GlobalSecondaryIndexes"]?.AsArray() ?? []
           let projection = index!["Projection"]!
           select new TableIndex(
               (string)index["IndexName"]!,
               [.. index["KeySchema"]!.AsArray().Select(key => (string)key!["AttributeName"]!)],
               (string?)projection["ProjectionType"] == "ALL"
                   ? null
                   : [.. (projection["NonKeyAttributes"]?.AsArray() ?? []).Select(name => (string)name!)]),
    ];
}
