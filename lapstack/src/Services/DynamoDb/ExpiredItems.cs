using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Processes;

namespace Lapstack.Services.DynamoDb;

/// <summary>
/// Time to live: items whose time has passed are deleted, some minutes later. On AWS it may be days.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
/// </summary>
internal sealed class ExpiredItems(
    Tables tables,
    DynaliteProxy proxy,
    TransactionLock transactions,
    Activity activity,
    TimeProvider clock) : IHostedPart, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly BackgroundWork _work = new(activity, "DynamoDB");

    public Task StartAsync(CancellationToken cancellation)
    {
        foreach (var table in tables.All.Where(table => table.TimeToLive is not null))
        {
            // Begun here, so that no time passes uncounted while a look is under way.
            var looks = new PeriodicTimer(Pause, clock);
            _work.Run(stopping => RunAsync(table, looks, stopping));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private async Task RunAsync(TableDefinition table, PeriodicTimer looks, CancellationToken stopping)
    {
        using (looks)
        {
            do await TrySweepAsync(table, stopping);
            while (await looks.WaitForNextTickAsync(stopping));
        }
    }

    /// <summary>What fails now is repeated by the next sweep.</summary>
    private async Task TrySweepAsync(TableDefinition table, CancellationToken stopping)
    {
        try
        {
            await SweepAsync(table, stopping);
        }
        catch (DynaliteException failed)
        {
            activity.Report("DynamoDB", "NotExpired", $"{table.Name}: {failed.Message}");
        }
    }

    private async Task SweepAsync(TableDefinition table, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        // What is past by more than five years is taken for something else than a time, as on AWS.
        var times = new JsonObject { [":now"] = Seconds(now), [":oldest"] = Seconds(now.AddYears(-5)) };
        var (deleted, start) = (0, (JsonNode?)null);
        do
        {
            var scan = Request(table, times);
            scan["FilterExpression"] = "#ttl < :now AND #ttl > :oldest";
            if (start is not null) scan["ExclusiveStartKey"] = start.DeepClone();
            var page = await CallAsync("Scan", scan, stopping);
            foreach (var item in (page.Json["Items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var delete = Request(table, times);
                // It may have been written again meanwhile.
                delete["ConditionExpression"] = "#ttl < :now AND #ttl > :oldest";
                delete["Key"] = new JsonObject(
                    table.Key.Select(name => KeyValuePair.Create(name, item[name]?.DeepClone())));
                if ((await CallAsync("DeleteItem", delete, stopping)).IsSuccess) deleted++;
            }
            start = page.Json["LastEvaluatedKey"];
        }
        while (start is not null);
        if (deleted > 0)
        {
            activity.Report(
                "DynamoDB",
                "Expired",
                $"{table.Name}: {deleted} item{(deleted == 1 ? "" : "s")} whose {table.TimeToLive} has passed");
        }
    }

    private Task<DynaliteAnswer> CallAsync(string operation, JsonObject input, CancellationToken stopping) =>
        transactions.BesideAsync(() => proxy.CallAsync(operation, input, stopping), stopping);

    private static JsonObject Request(TableDefinition table, JsonObject times) => new()
    {
        ["TableName"] = table.Name,
        ["ExpressionAttributeNames"] = new JsonObject { ["#ttl"] = table.TimeToLive },
        ["ExpressionAttributeValues"] = times.DeepClone(),
    };

    private static JsonObject Seconds(DateTimeOffset at) =>
        new() { ["N"] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
}
