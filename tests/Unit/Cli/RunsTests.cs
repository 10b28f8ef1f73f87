using Jobs.Cli.Ground;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class RunsTests
{
    private readonly CommandLine _jobs = new();

    [Fact]
    public async Task Runs_are_listed_newest_first_with_why_they_failed()
    {
        var old = await _jobs.AddAsync("csv-import", "old", RunState.Failed, minutesAgo: 60);
        var young = await _jobs.AddAsync("hourly-report", "young", RunState.Succeeded, minutesAgo: 5);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("runs"));

        var lines = _jobs.Out.Split('\n');
        Assert.StartsWith("RUN ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(young.Id.ToString(), lines[1], StringComparison.Ordinal);
        Assert.StartsWith(old.Id.ToString(), lines[2], StringComparison.Ordinal);
        Assert.Contains("The file is empty.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_of_80_columns_has_no_longer_line()
    {
        var jobs = new CommandLine { Terminal = 80 };
        await jobs.AddAsync(
            "csv-import",
            "failed",
            RunState.Failed,
            with: run =>
                run with
                {
                    Verdict = run.Verdict! with { NextStep = new string('x', 200) },
                    Trigger = new string('y', 200),
                });
        await jobs.AddAsync(
            "csv-import", "running", RunState.Running, with: run => run with { Trigger = new string('y', 200) });

        await jobs.RunAsync("runs");

        Assert.All(jobs.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Json_has_every_member_and_the_token_of_the_next_page()
    {
        for (var i = 0; i < 3; i++) await _jobs.AddAsync("csv-import", $"{i}", RunState.Succeeded, minutesAgo: i + 1);

        await _jobs.RunAsync("runs --json --limit 2");

        var run = _jobs.Json["runs"]![0]!.AsObject();
        Assert.Equal(
            [
                "id", "job", "state", "trigger", "about", "by", "cancelledBy", "priority", "labels", "attempt",
                "attempts", "createdAt", "startedAt", "endedAt", "durationSeconds", "waiting", "progress", "verdict",
            ],
            run.Select(member => member.Key));
        Assert.Equal(30, (double)run["durationSeconds"]!);
        Assert.Equal(2, _jobs.Json["runs"]!.AsArray().Count);
        var first = _jobs.Json["runs"]!.AsArray().Select(one => (string)one!["id"]!).ToList();

        await _jobs.RunAsync("runs", "--json", "--limit", "2", "--page", (string)_jobs.Json["nextPage"]!);

        Assert.DoesNotContain((string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!, first);
        Assert.Null(_jobs.Json["nextPage"]);
    }

    [Fact]
    public async Task Filters_leave_the_rest_out()
    {
        var failed = await _jobs.AddAsync("csv-import", "failed", RunState.Failed, minutesAgo: 30);
        await _jobs.AddAsync("csv-import", "older", RunState.Failed, minutesAgo: 300);
        await _jobs.AddAsync("csv-import", "fine", RunState.Succeeded);
        await _jobs.AddAsync("hourly-report", "other", RunState.Failed);

        await _jobs.RunAsync("runs --job csv-import --state failed --since 1h --json");

        Assert.Equal(failed.Id.ToString(), (string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Label_finds_the_runs_that_have_it()
    {
        await _jobs.AddAsync(
            "csv-import", "other", RunState.Succeeded, with: run => run with { Labels = ["team=sales"] });
        var found = await _jobs.AddAsync(
            "csv-import", "found", RunState.Succeeded, with: run => run with { Labels = ["team=billing"] });

        await _jobs.RunAsync("runs --label team=billing --json");
        Assert.Equal(found.Id.ToString(), (string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!);

        Assert.Equal(ExitCodes.Usage, await _jobs.RunAsync("runs --label billing"));
        Assert.Contains("--label 'billing' is none: a label is name=value", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_that_ended_before_since_has_no_next_one_and_says_so()
    {
        for (var i = 0; i < 3; i++) await _jobs.AddAsync(
            "csv-import", $"{i}", RunState.Succeeded, minutesAgo: 10 * (i + 1));
        await _jobs.RunAsync("runs --json --limit 2");
        var token = (string)_jobs.Json["nextPage"]!;
        _jobs.Stack.History = new BrokenHistory(_jobs.Stack.History) { Pages = false };

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("runs", "--since", "1m", "--page", token));

        Assert.Empty(_jobs.Out);
        Assert.Matches(
            "No more runs: the page before ended at .* which is before --since ", _jobs.Error.ReplaceLineEndings(" "));

        Assert.Equal(
            ExitCodes.Done,
            await _jobs.RunAsync("runs", "--json", "--since", "1m", "--state", "failed", "--page", token));

        Assert.Empty(_jobs.Json["runs"]!.AsArray());
        Assert.Null(_jobs.Json["nextPage"]);
    }

    [Theory]
    [InlineData("2147483647m")]
    [InlineData("2147483647h")]
    [InlineData("2147483647d")]
    [InlineData("0001-01-01")]
    public async Task Since_the_beginning_of_time_is_all(string since)
    {
        await _jobs.AddAsync("csv-import", "one", RunState.Succeeded);

        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("runs", "--json", "--since", since));

        Assert.Single(_jobs.Json["runs"]!.AsArray());
    }

    [Fact]
    public async Task State_that_few_runs_have_goes_on_where_the_page_ended()
    {
        for (var i = 0; i < 5; i++)
        {
            await _jobs.AddAsync(
                "csv-import", $"{i}", i % 2 == 0 ? RunState.Failed : RunState.Succeeded, minutesAgo: i + 1);
        }

        var seen = new List<string>();

        for (string? page = null; ;)
        {
            await _jobs.RunAsync(
                [
                    "runs", "--json", "--state", "failed", "--limit", "1",
                    .. page is null ? Array.Empty<string>() : ["--page", page],
                ]);
            seen.AddRange(_jobs.Json["runs"]!.AsArray().Select(run => (string)run!["id"]!));
            if ((page = (string?)_jobs.Json["nextPage"]) is null) break;
        }

        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Active_runs_come_from_the_active_index()
    {
        var running = await _jobs.AddAsync("csv-import", "running", RunState.Running);
        await _jobs.AddAsync("csv-import", "done", RunState.Succeeded);

        await _jobs.RunAsync("runs --state active --json");

        Assert.Equal(running.Id.ToString(), (string)Assert.Single(_jobs.Json["runs"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Run_may_be_named_by_the_beginning_of_its_key()
    {
        var run = await _jobs.AddAsync("csv-import", "one", RunState.Succeeded);

        foreach (var name in new[] { run.Id.ToString(), run.Id.Key, $"csv-import/{run.Id.Key[..6]}", run.Id.Key[..6] })
        {
            Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("show", name, "--json"));
            Assert.Equal(run.Id.ToString(), (string)_jobs.Json["run"]!["id"]!);
        }
    }

    [Fact]
    public async Task Beginning_of_several_runs_is_refused_with_their_ids()
    {
        // Of so many runs, two begin with the same three characters: 40,000 pairs for 32,768 beginnings.
        for (var i = 0; i < 400; i++) await _jobs.AddAsync("csv-import", $"{i}", RunState.Running);
        var twins = _jobs.Stack.Store.All.GroupBy(run => run.Id.Key[..3]).First(group => group.Count() > 1).ToList();

        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync("cancel", twins[0].Id.Key[..3]));

        Assert.Contains("begins more than one run", _jobs.Error, StringComparison.Ordinal);
        Assert.Contains(twins[1].Id.ToString(), _jobs.Error.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Empty(_jobs.Stack.Sent);
    }
}
