using Jobs.Cli.Ground;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class UsageTests
{
    private readonly CommandLine _jobs = new();

    [Theory]
    [InlineData("rns", "did you mean 'runs'?")]
    [InlineData("runs --sate failed", "did you mean '--state'?")]
    [InlineData("runs --state faild", "did you mean 'failed'?")]
    [InlineData("runs --limit many", "--limit 'many' is not a whole number. Runs on a page")]
    [InlineData("runs --state", "--state needs a value. Only of this state")]
    [InlineData("runs extra", "dotnet jobs runs has no argument 'extra'.")]
    [InlineData("runs --limit 0", "--limit 0 is not from 1 to 1000")]
    [InlineData("runs --since yesterday", "such as 30m, 6h or 7d")]
    [InlineData("runs --page x", "is not the token that a page ended with")]
    [InlineData("show", "dotnet jobs show needs <run>")]
    [InlineData("show csv-import/il", "is not the id of a run")]
    [InlineData("completion bsh", "did you mean 'bash'?")]
    [InlineData("replay", "exactly one thing")]
    [InlineData("replay --failed", "--from 7d")]
    [InlineData("replay --failed --from 1h --to 2h", "is not before --to")]
    [InlineData("replay --schedule hourly --from 1h", "is not <job>/<name of the schedule>")]
    [InlineData("submit csv-import --priority 10", "not from 0 to 9")]
    [InlineData("submit csv-import --input {", "is not JSON")]
    [InlineData("submit csv-import --input @no-such-file", "There is no file 'no-such-file'")]
    [InlineData("submit csv-import --max-concurrent 3", "--array")]
    public async Task Wrong_command_line_ends_with_2_and_says_what_was_meant(string line, string says)
    {
        var code = await _jobs.RunAsync(line);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(says, _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(_jobs.Out);
        Assert.Empty(_jobs.Stack.Sent);
    }

    [Theory]
    [InlineData("runs --job csv-imprt", "did you mean 'csv-import'?")]
    [InlineData("submit csv-imprt", "did you mean 'csv-import'?")]
    [InlineData("show csv-imprt/abcdef", "did you mean 'csv-import'?")]
    [InlineData("show csv-import/abcdef", "dotnet jobs runs --job csv-import")]
    [InlineData("replay --schedule hourly-report/horly --from 1h", "did you mean 'hourly-report/hourly'?")]
    [InlineData("dead-letters uplods", "did you mean 'Uploads'?")]
    [InlineData("dead-letters Undelivered --redrive", "belongs to no queue")]
    public async Task Name_of_nothing_ends_with_1_and_the_nearest(string line, string says)
    {
        Assert.Equal(ExitCodes.Failed, await _jobs.RunAsync(line));
        Assert.Contains(says, _jobs.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_stack_ends_with_3()
    {
        var jobs = new CommandLine { NoStack = CliException.NotReady("No stack of jobs was found.") };

        Assert.Equal(ExitCodes.NotReady, await jobs.RunAsync("runs"));
        Assert.Contains("No stack of jobs was found.", jobs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("submit")]
    [InlineData("runs")]
    [InlineData("show")]
    [InlineData("logs")]
    [InlineData("cancel")]
    [InlineData("retry")]
    [InlineData("replay")]
    [InlineData("dead-letters")]
    [InlineData("cost")]
    [InlineData("status")]
    [InlineData("doctor")]
    [InlineData("completion")]
    public async Task Help_of_every_command_ends_with_examples(string command)
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync(command, "--help"));

        Assert.Contains("Examples:", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"jobs {command}",
            _jobs.Out[_jobs.Out.IndexOf("Examples:", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_gives_the_exit_codes()
    {
        Assert.Equal(ExitCodes.Done, await _jobs.RunAsync("--help"));

        foreach (var code in new[] { ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.NotReady,
            ExitCodes.Interrupted })
        {
            Assert.Matches($@"(?m)^  {code} +\S", _jobs.Out);
        }
    }

    [Fact]
    public async Task Completion_suggests_commands()
    {
        await _jobs.RunAsync("[suggest:14]", "dotnet-jobs re");

        Assert.Contains("retry", _jobs.Out, StringComparison.Ordinal);
        Assert.Contains("replay", _jobs.Out, StringComparison.Ordinal);
    }

    [CollectionDefinition(nameof(CommandLine))]
    public sealed class Collection;
}
