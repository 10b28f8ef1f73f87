using System.Text.Json;
using Jobs.Core;
using Microsoft.Extensions.Logging;

namespace Jobs.Tests.Unit.Sdk;

public sealed class JobLogTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Every_line_is_json_that_carries_the_run()
    {
        await _host.RunAsync((job, _) =>
        {
            job.Logger.LogWarning(new IOException("reset"), "Row {Row} \"skipped\"\nfor now", 7);
            return Task.FromResult("done");
        });

        var lines = _host.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, line => Assert.Equal(
            ("scripted-job", _host.Launch.Run.ToString(), 2),
            (
                line.GetProperty("job").GetString(),
                line.GetProperty("run").GetString(),
                line.GetProperty("launch").GetInt32())));
        var warning = lines.Single(line => line.GetProperty("level").GetString() == "warn");
        Assert.Equal("Row 7 \"skipped\"\nfor now", warning.GetProperty("message").GetString());
        Assert.Equal("System.IO.IOException: reset", warning.GetProperty("exception").GetString());
        Assert.Equal("2026-01-05T08:00:00Z", warning.GetProperty("time").GetString());
        Assert.Equal("Jobs.Tests.Unit.Sdk.ScriptedJob", warning.GetProperty("category").GetString());
    }

    [Fact]
    public async Task Record_keeps_the_last_twenty_lines_each_cut_to_500_characters()
    {
        await _host.RunAsync((job, _) =>
        {
            for (var i = 1; i <= 30; i++) job.Logger.LogInformation("{Line}{Long}", i, new string('x', 600));
            return Task.FromResult("done");
        });

        var tail = _host.Record.LogTail;
        Assert.Equal(20, tail.Count);
        Assert.StartsWith("08:00:00 info 12xxx", tail[0], StringComparison.Ordinal);
        Assert.Equal(500, tail[0].Length);
        Assert.Equal("08:00:00 info scripted-job is done after 0.0 s.", tail[^1]);
    }

    [Fact]
    public async Task Values_of_declared_secrets_are_in_no_line_and_in_no_record()
    {
        const string Password = "correct horse";
        _host.Variables[EnvironmentNames.Secrets] = "TOKEN,DATABASE,UNSET";
        _host.Variables["TOKEN"] = "s3cr3t-token";
        _host.Variables["DATABASE"] = $$"""{"username": "reports", "password": "{{Password}}", "port": 5432}""";

        await _host.RunAsync(async (job, stop) =>
        {
            job.Logger.LogInformation("token {Token}, pass {Password}", "s3cr3t-token", Password);
            job.Progress(0.5, $"with {Password}");
            await _host.Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
            await Eventually.TrueAsync(() => _host.Record.Progress is not null);
            throw new InvalidOperationException(
                $"{new string('x', 4_090)} {_host.Variables["TOKEN"]}", new IOException(
                    $"{_host.Variables["DATABASE"]} refused {Password}"));
        });

        Assert.Equal("with ***", _host.Record.Progress!.Message);
        Assert.Contains(_host.Record.LogTail, line => line.EndsWith("token ***, pass ***", StringComparison.Ordinal));
        string[] written =
        [
            .. _host.OutputLines, .. _host.Record.LogTail, _host.Record.Error!.Message, _host.Record.Error.Stack!,
        ];
        Assert.All(written, text => Assert.False(
            text.Contains(Password, StringComparison.Ordinal)
                || text.Contains("s3cr", StringComparison.Ordinal), text));
    }

    [Fact]
    public async Task Failure_is_in_the_log_and_in_the_tail()
    {
        await _host.RunAsync((_, _) => throw new JobFailedException("The file is empty."));

        Assert.Contains("(JobFailedException: The file is empty.)", _host.Record.LogTail[^1], StringComparison.Ordinal);
        Assert.Contains("The file is empty.", _host.OutputLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(
            _host.OutputLines, line => line.Contains(EnvironmentNames.Bucket, StringComparison.Ordinal));
    }
}
