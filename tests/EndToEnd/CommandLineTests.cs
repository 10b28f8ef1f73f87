using System.Text.Json.Nodes;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line as a process of its own, through the wire.</summary>
[Collection(LaptopCollection.Name)]
public sealed class CommandLineTests(RunningLaptop running) : IDisposable
{
    private readonly JobsCommand _jobs = new(running);

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task Upload_is_listed_shown_and_its_log_printed()
    {
        var id = await running.UploadAsync("csv-import", "incoming/cli/listed.csv", "name,age\nAda,36\n");
        await running.EndOfAsync(id);

        var runs = await JsonAsync("runs", "--job", "csv-import", "--json");
        var shown = await JsonAsync("show", id.Key[..10], "--json");
        var (logged, lines, _) = await RunAsync("logs", id.ToString(), "--json");

        Assert.Contains(runs["runs"]!.AsArray(), run => (string)run!["id"]! == id.ToString());
        Assert.Equal("Succeeded", (string)shown["run"]!["state"]!);
        Assert.NotNull(shown["result"]);
        Assert.Equal(0, logged);
        Assert.All(
            lines.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.NotNull(JsonNode.Parse(line)!["text"]));
    }

    [Fact]
    public async Task Stack_is_found_once_and_remembered()
    {
        var before = running.Calls.Count(call => call.Operation == "DescribeStacks");

        await JsonAsync("runs", "--json");
        await JsonAsync("runs", "--json");

        Assert.Equal(1, running.Calls.Count(call => call.Operation == "DescribeStacks") - before);
    }

    [Fact]
    public async Task Submit_follows_the_run_to_its_end_and_ends_as_it_did()
    {
        await CatalogAsync();
        await running.UploadAsync("csv-import", "elsewhere/submitted.csv", "name,age\nAda,36\n");

        var (code, output, error) = await RunAsync(
            "submit", "csv-import", "--input",
            $$"""{"bucket":"{{running.Laptop.Bucket}}","key":"elsewhere/submitted.csv"}""", "--id", "end-to-end",
            "--follow");

        var id = RunId.From("csv-import", "manual", "end-to-end");
        Assert.StartsWith(id.ToString(), output, StringComparison.Ordinal);
        var end = await running.EndOfAsync(id);
        Assert.True(code == (end.Run.State == RunState.Succeeded ? 0 : 1), error);
    }

    [Fact]
    public async Task Retry_makes_the_run_it_names()
    {
        var failed = await running.UploadAsync("csv-import", "incoming/cli/broken.csv", "a,b\n1,2,3\n");
        await running.EndOfAsync(failed);

        var sent = await JsonAsync("retry", failed.ToString(), "--json");

        var made = await running.EndOfAsync(RunId.Parse((string)sent["run"]!));
        Assert.Equal(RunState.Failed, made.Run.State);
    }

    [Fact]
    public async Task Status_and_doctor_see_the_whole_stack()
    {
        await CatalogAsync();

        var status = await JsonAsync("status", "--json");
        var (_, examined, _) = await RunAsync("doctor", "--json");

        Assert.Contains(status["queues"]!.AsArray(), queue => (string)queue!["name"]! == "Uploads");
        var errors = JsonNode.Parse(examined)!["checks"]!.AsArray()
            .Where(check => (string)check!["outcome"]! == "error")
            .Select(check => check!.ToJsonString());
        Assert.Empty(errors);
    }

    /// <summary>The functions have worked by then, too: all calls of the stack's whole life are looked at.</summary>
    [Fact]
    public async Task No_command_and_no_function_scans_a_table()
    {
        await CatalogAsync();
        var id = await running.UploadAsync("csv-import", "incoming/cli/unscanned.csv", "name,age\nAda,36\n");
        await running.EndOfAsync(id);
        string[] commands =
        [
            "list", "runs", "runs --state failed --since 7d", "runs --state active", $"show {id.Key[..6]}",
            $"logs {id}", "status", "cost", "dead-letters", "doctor",
            "replay --prefix incoming/cli/", "replay --failed --from 1h",
            "replay --schedule hourly-report/rate-1-hour --from 6h",
        ];

        foreach (var command in commands)
        {
            var before = running.Calls.Count;
            var (code, _, error) = await RunAsync([.. command.Split(' '), "--json"]);
            Assert.True(code == 0 || command == "doctor", $"{command} ended with {code}: {error}");
            Assert.True(running.Calls.Count > before, command);
        }

        Assert.DoesNotContain(running.Calls, call => call.Operation == "Scan");
        Assert.Contains(running.Calls, call => call is { Service: "dynamodb", Operation: "Query" });
    }

    [Fact]
    public async Task Unknown_stack_is_said_with_the_one_there_is()
    {
        var (code, _, error) = await RunAsync("runs", "--stack", "jbs");

        Assert.Equal(3, code);
        Assert.Contains("There is no stack 'jbs'", error, StringComparison.Ordinal);
        Assert.Contains("did you mean", error, StringComparison.Ordinal);
    }

    private Task CatalogAsync() => _jobs.CatalogAsync();

    private Task<JsonNode> JsonAsync(params string[] arguments) => _jobs.JsonAsync(arguments);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        _jobs.RunAsync(arguments);
}
