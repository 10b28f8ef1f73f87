using Jobs.Cli.Ground;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

/// <summary>One run that cannot be read is one bad row, never the end of a listing.</summary>
[Collection(nameof(CommandLine))]
public sealed class UnreadableRunTests : IAsyncLifetime
{
    private const string Why = "Requested value 'Paused' was not found.";

    private readonly CommandLine _jobs = new();
    private readonly List<Run> _good = [];
    private Run _bad = null!;

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 5; i++) _good.Add(
            await _jobs.AddAsync(
                "csv-import", $"{i}", i % 2 == 0 ? RunState.Running : RunState.Failed, minutesAgo: i + 1));
        _bad = await _jobs.AddAsync("csv-import", "bad", RunState.Running, minutesAgo: 3);
        _jobs.Stack.History = new BrokenHistory(_jobs.Stack.History, _bad.Id);
        foreach (
            var function in new[] { "OnUpload", "OnTaskStopped", "OnTick", "OnCommand", "OnSchedule", "OnBacklog" })
        {
            _jobs.Stack.Functions[function] = _jobs.Clock.GetUtcNow();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("runs", 5)]
    [InlineData("runs --limit 2", 2)]
    [InlineData("runs --state active", 3)]
    [InlineData("runs --state failed", 2)]
    public async Task Listing_has_all_others_and_the_bad_one_apart(string line, int others)
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync($"{line} --json"));

        Assert.Equal(others, _jobs.Json["runs"]!.AsArray().Count);
        if (others > 2) AssertUnreadable();

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(line));
        if (others > 2) Assert.Matches($"UNREADABLE +WHY\n{_bad.Id} +{Why}", _jobs.Out);
        if (others > 2)
        {
            Assert.Contains(
                "If a newer version deployed the stack, install its command line",
                _jobs.Error.ReplaceLineEndings(" "),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Status_counts_all_others_and_has_the_bad_one_apart()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("status --json"));

        var active = Assert.Single(_jobs.Json["active"]!.AsArray())!;
        Assert.Equal(
            (3, false, 2),
            ((int)active["running"]!, (bool)_jobs.Json["isComplete"]!, _jobs.Json["failures"]!.AsArray().Count));
        AssertUnreadable();

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("status"));
        Assert.Contains(_bad.Id.ToString(), _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cost_adds_up_all_others_and_has_the_bad_one_apart()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("cost --json"));

        Assert.Equal(5, (int)_jobs.Json["runs"]!);
        AssertUnreadable();

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("cost"));
        Assert.Contains("What could not be read is not in it.", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_says_what_is_wrong_with_it_and_what_to_do()
    {
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("show", _bad.Id.Key));

        Assert.StartsWith(
            $"Run {_bad.Id} cannot be read: {Why} If a newer version deployed",
            _jobs.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_it()
    {
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("doctor --json"));

        var check = Assert.Single(_jobs.Json["checks"]!.AsArray(), one => (string)one!["outcome"]! != "ok")!;
        Assert.Equal(
            ("runs", $"1 run cannot be read: {_bad.Id}, {Why}"), ((string)check["name"]!, (string)check["detail"]!));
    }

    private void AssertUnreadable()
    {
        var unreadable = Assert.Single(_jobs.Json["unreadable"]!.AsArray())!;
        Assert.Equal((_bad.Id.ToString(), Why), ((string)unreadable["id"]!, (string)unreadable["why"]!));
    }
}
