using System.Text.Json;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>Arrays and cancellations by the command line, on jobs that wait until a test lets them through.</summary>
[Collection(JobsCollection.Name)]
public sealed class FanOutTests : IDisposable
{
    private readonly JobsLaptop _stack;
    private readonly JobsCommand _jobs;
    private readonly string _folder = JobsLaptop.NewFolder();

    public FanOutTests(JobsLaptop stack) => (_stack, _jobs) = (stack, new JobsCommand(stack));

    public void Dispose()
    {
        _jobs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Array_of_five_with_two_at_once_keeps_the_limit_and_has_all_results()
    {
        const int Items = 5;
        var array = await SubmitAsync("array", Items, atOnce: 2);

        for (var item = 0; item < Items; item++)
        {
            await _stack.RunsAsync("slow", $"array-{item}");
            var begun = await BegunAsync(array, Items);
            Assert.InRange(begun.Count(run => !run.Run.IsOver), 1, 2);
            Assert.Equal(Math.Min(item + 2, Items), begun.Count);
            await _stack.OpenGateAsync("slow", $"array-{item}");
            await _stack.EndOfAsync(ChildRun.IdOf("slow", array, item));
            if (item + 2 < Items) await _stack.RunsAsync("slow", $"array-{item + 2}");
        }

        await _stack.EndOfAsync(array);
        var shown = await _jobs.JsonAsync("show", array.ToString(), "--json");
        Assert.Equal("Succeeded", (string)shown["run"]!["state"]!);
        foreach (var child in await BegunAsync(array, Items))
        {
            Assert.Equal((RunState.Succeeded, array), (child.Run.State, child.Run.Parent));
            Assert.Equal(
                "none 1", (string)(await _jobs.JsonAsync("show", child.Run.Id.ToString(), "--json"))["result"]!);
        }

        Assert.InRange(MostAtOnce(await BegunAsync(array, Items)), 1, 2);
    }

    [Fact]
    public async Task Cancelled_array_ends_the_items_that_run_and_begins_no_more()
    {
        var array = await SubmitAsync("cancelled-array", 4, atOnce: 2);
        foreach (var item in (int[])[0, 1]) await _stack.RunsAsync("slow", $"cancelled-array-{item}");

        Assert.Equal(0, (await _jobs.RunAsync("cancel", array.ToString())).Code);

        var end = await _stack.EndOfAsync(array);
        Assert.Equal(RunState.Cancelled, end.Run.State);
        foreach (var item in (int[])[0, 1])
        {
            Assert.Equal(RunState.Cancelled, (await _stack.EndOfAsync(ChildRun.IdOf("slow", array, item))).Run.State);
        }

        Assert.Equal(2, (await BegunAsync(array, 4)).Count);
        Assert.Equal(
            "Cancelled", (string)(await _jobs.JsonAsync("show", array.ToString(), "--json"))["run"]!["state"]!);
    }

    [Fact]
    public async Task Run_that_is_cancelled_in_the_middle_ends_and_shows_what_it_recorded()
    {
        await _jobs.CatalogAsync();
        await _stack.Laptop.S3.WriteTextAsync(_stack.Laptop.Bucket, "gates/slow/cancelled", "closed");
        var id = RunId.Parse(
            (string)(await _jobs.JsonAsync("submit", "slow", "--input", Input("cancelled"), "--json"))["run"]!);
        await _stack.RunsAsync("slow", "cancelled");

        var (code, output, _) = await _jobs.RunAsync("cancel", id.ToString());

        Assert.Equal((0, $"Cancelling {id}. Watch it end: dotnet jobs show {id} --stack jobs"), (code, output.Trim()));
        var end = await _stack.EndOfAsync(id);
        Assert.Equal("\"Cancelled\"", end.Worker!.CheckpointJson);
        var shown = await _jobs.JsonAsync("show", id.ToString(), "--json");
        Assert.Equal("Cancelled", (string)shown["run"]!["state"]!);
        var attempt = Assert.Single(shown["attempts"]!.AsArray())!;
        Assert.Equal((76, "Cancelled"), ((int)attempt["exitCode"]!, (string)attempt["verdict"]!["class"]!));
        Assert.NotEmpty(shown["logTail"]!.AsArray());
        Assert.Equal("slow/cancelled", (string)shown["input"]!["key"]!);

        var (again, _, error) = await _jobs.RunAsync("cancel", id.ToString());
        Assert.Equal(1, again);
        Assert.Contains("is over: Cancelled. There is nothing to cancel.", error, StringComparison.Ordinal);
    }

    private string Input(string name) =>
        JsonSerializer.Serialize(new { bucket = _stack.Laptop.Bucket, key = $"slow/{name}" });

    private async Task<RunId> SubmitAsync(string name, int items, int atOnce)
    {
        await _jobs.CatalogAsync();
        for (var item = 0; item < items; item++)
        {
            await _stack.Laptop.S3.WriteTextAsync(_stack.Laptop.Bucket, $"gates/slow/{name}-{item}", "closed");
        }

        var file = Path.Combine(_folder, "items.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, items).Select(item => Input($"{name}-{item}")));
        return RunId.Parse(
            (string)(
                await _jobs.JsonAsync("submit", "slow", "--array", file, "--max-concurrent", $"{atOnce}",
                    "--json"))["run"]!);
    }

    private async Task<IReadOnlyList<RunReading>> BegunAsync(RunId array, int items)
    {
        var begun = new List<RunReading>();
        for (var item = 0; item < items; item++)
        {
            if (await _stack.ReadAsync(ChildRun.IdOf("slow", array, item)) is { } child) begun.Add(child);
        }

        return begun;
    }

    /// <summary>From when a child was asked for until it had ended: how many of them there were at one time.</summary>
    private static int MostAtOnce(IReadOnlyList<RunReading> children) =>
        children.Max(
            one =>
                children.Count(
                    other => other.Run.CreatedAt <= one.Run.CreatedAt && other.Run.EndedAt > one.Run.CreatedAt));
}
