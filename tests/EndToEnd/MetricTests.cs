using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Jobs.Tests.EndToEnd;

[Collection(LaptopCollection.Name)]
public sealed class MetricTests(RunningLaptop stack)
{
    private static readonly MediaTypeHeaderValue Json = new("application/x-amz-json-1.0");

    [Fact]
    public async Task Run_that_an_upload_made_is_in_CloudWatchs_metrics_of_the_stack()
    {
        var from = TimeProvider.System.GetUtcNow();
        await using var file = File.OpenRead(RunningLaptop.Sample("gdp.csv"));
        var id = await stack.UploadAsync("csv-import", "incoming/metrics.csv", file);
        await stack.EndOfAsync(id);

        Assert.InRange(await ValueAsync("Runs", "Sum", from, ("Outcome", "Succeeded")), 1, 1_000);
        Assert.InRange(await ValueAsync("Failures", "Minimum", from), 0, 0);
        Assert.InRange(await ValueAsync("WaitedSeconds", "Maximum", from), 0.001, 600);
        Assert.InRange(await ValueAsync("RunSeconds", "Maximum", from), 0.001, 600);
        Assert.InRange(await ValueAsync("CostDollars", "Minimum", from), 0.00001, 0.01);
        Assert.InRange(await ValueAsync("Launches", "Sum", from), 1, 1_000);
        var names = await stack.WaitAsync("the list of metrics", () => ListAsync());
        Assert.DoesNotContain(names, name => name.Contains("Job", StringComparison.Ordinal));
    }

    /// <summary>The metric's value since then, over whole minutes.</summary>
    private async Task<double> ValueAsync(
        string metric, string statistic, DateTimeOffset from, params (string Name, string Value)[] besides)
    {
        var text = await stack.WaitAsync($"{metric} to have a value", async () =>
        {
            var answer = await CallAsync("GetMetricStatistics", new JsonObject
            {
                ["Namespace"] = "Jobs",
                ["MetricName"] = metric,
                ["Dimensions"] = new JsonArray(
                [
                    .. besides.Prepend(("Stack", "jobs")).Select(one =>
                        new JsonObject { ["Name"] = one.Item1, ["Value"] = one.Item2 }),
                ]),
                ["StartTime"] = from.AddMinutes(-1).ToUnixTimeSeconds(),
                ["EndTime"] = from.AddHours(1).ToUnixTimeSeconds(),
                ["Period"] = 7_200,
                ["Statistics"] = new JsonArray(statistic),
            });
            return answer["Datapoints"]!.AsArray().Select(point => point![statistic]!.ToString()).LastOrDefault();
        });
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>?> ListAsync()
    {
        var answer = await CallAsync("ListMetrics", new JsonObject { ["Namespace"] = "Jobs" });
        return [.. answer["Metrics"]!.AsArray()
            .Where(metric => (string?)metric!["MetricName"] != "BacklogPerTask")
            .SelectMany(metric => metric!["Dimensions"]!.AsArray())
            .Select(dimension => dimension!["Name"]!.ToString())];
    }

    private async Task<JsonNode> CallAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, stack.Laptop.Endpoint)
        {
            Content = new StringContent(input.ToJsonString(), Encoding.UTF8, Json),
        };
        request.Headers.Add("X-Amz-Target", $"GraniteServiceVersion20100801.{operation}");
        using var answer = await stack.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
