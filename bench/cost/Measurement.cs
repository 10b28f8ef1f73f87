using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Emulator;
using Jobs.Local;

namespace Jobs.Bench.Cost;

/// <summary>Runs uploads on the laptop, one after the other, and counts what they call.</summary>
internal sealed class Measurement(Workspace workspace, TimeProvider clock)
{
    private readonly ConcurrentQueue<ApiCall> _calls = new();

    public async Task<MeasuredRun> RunAsync(string job, Func<int, (string Key, string File)> upload, int runs, CancellationToken cancellation)
    {
        var state = Directory.CreateTempSubdirectory("jobs-cost-").FullName;
        try
        {
            await using var laptop = await Laptop.StartAsync(workspace, new LaptopSettings { State = state, OnCall = _calls.Enqueue }, clock, cancellation);
            for (var i = 0; i < runs; i++) await UploadAsync(laptop, job, upload(i), cancellation);
            return await CountAsync(laptop, job, runs, cancellation);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private async Task UploadAsync(Laptop laptop, string job, (string Key, string File) upload, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(upload.File);
        var put = await laptop.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = laptop.Bucket, Key = upload.Key, InputStream = content }, cancellation);
        var id = UploadIntake.Identify(job, new Upload(laptop.Bucket, upload.Key) { VersionId = put.VersionId });
        while (await laptop.Runs.ReadAsync(id, cancellation) is not { Run.IsOver: true }) await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
        if (await laptop.Runs.ReadAsync(id, cancellation) is not { Run.State: RunState.Succeeded })
        {
            throw new InvalidOperationException($"Run {id} did not succeed, so its calls are not those of a run: see `dotnet run --project src/Local -- up`.");
        }
    }

    private async Task<MeasuredRun> CountAsync(Laptop laptop, string job, int runs, CancellationToken cancellation)
    {
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = laptop.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
        var meter = new DynamoMeter(await IndexesAsync(dynamo, cancellation), (table, key) => ItemAsync(dynamo, table, key, cancellation));
        var numbers = new OrderedDictionary<(string Who, string Operation), int>();
        var units = default(Units);
        foreach (var call in _calls.ToArray())
        {
            if (Who(call) is not { } who || call.Service is not ("dynamodb" or "ecs" or "sns")) continue;
            numbers[(who, call.Operation)] = numbers.TryGetValue((who, call.Operation), out var number) ? number + 1 : 1;
            if (call.Service == "dynamodb") units += await meter.MeasureAsync(call.Operation, call.Body);
        }

        var calls = numbers.Select(entry => (entry.Key.Who, entry.Key.Operation, entry.Value / (double)runs)).ToList();
        return new MeasuredRun(job, runs, calls, new Units(units.Reads / runs, units.Writes / runs));
    }

    // The tick is not a run's: what it costs does not grow with the runs that end between two of its looks.
    private static string? Who(ApiCall call) => call.CallerArn switch
    {
        var arn when arn.Contains("OnUpload", StringComparison.Ordinal) => "OnUpload",
        var arn when arn.Contains("OnTaskStopped", StringComparison.Ordinal) => "OnTaskStopped",
        var arn when arn.Contains("TaskRole", StringComparison.Ordinal) => "worker",
        _ => null,
    };

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<TableIndex>>> IndexesAsync(AmazonDynamoDBClient dynamo, CancellationToken cancellation)
    {
        var indexes = new Dictionary<string, IReadOnlyList<TableIndex>>();
        foreach (var name in (await dynamo.ListTablesAsync(cancellation)).TableNames)
        {
            var table = (await dynamo.DescribeTableAsync(name, cancellation)).Table;
            indexes[name] = [.. (table.GlobalSecondaryIndexes ?? []).Select(index => new TableIndex(
                [.. index.KeySchema.Select(key => key.AttributeName)],
                index.Projection.ProjectionType == ProjectionType.ALL ? null : index.Projection.NonKeyAttributes ?? []))];
        }

        return indexes;
    }

    private static async Task<JsonElement?> ItemAsync(AmazonDynamoDBClient dynamo, string table, JsonElement key, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest { TableName = table, Key = Amazon.DynamoDBv2.DocumentModel.Document.FromJson(Plain(key)).ToAttributeMap(), ConsistentRead = true }, cancellation);
        return answer.Item is { Count: > 0 } item ? Typed(item) : null;
    }

    // Both tables' keys are texts.
    private static string Plain(JsonElement key) =>
        JsonSerializer.Serialize(key.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetProperty("S").GetString()));

    private static JsonElement Typed(Dictionary<string, AttributeValue> item) => JsonSerializer.SerializeToElement(item.ToDictionary(attribute => attribute.Key, attribute => Typed(attribute.Value)));

    private static object Typed(AttributeValue value) => value switch
    {
        { S: { } text } => new Dictionary<string, object> { ["S"] = text },
        { N: { } number } => new Dictionary<string, object> { ["N"] = number },
        { IsBOOLSet: true } => new Dictionary<string, object> { ["BOOL"] = value.BOOL!.Value },
        { IsMSet: true } => new Dictionary<string, object> { ["M"] = value.M.ToDictionary(member => member.Key, member => Typed(member.Value)) },
        { IsLSet: true } => new Dictionary<string, object> { ["L"] = value.L.Select(Typed).ToList() },
        { SS: { Count: > 0 } texts } => new Dictionary<string, object> { ["SS"] = texts },
        _ => throw new InvalidOperationException("An item has a value of a type that the two tables do not use."),
    };
}
