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
            (line.GetProperty("job").GetString(), line.GetProperty("run").GetString(), line.GetProperty("launch").GetInt32())));
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
    public async Task Failure_is_in_the_log_and_in_the_tail()
    {
        await _host.RunAsync((_, _) => throw new JobFailedException("The file is empty."));

        Assert.Contains("(JobFailedException: The file is empty.)", _host.Record.LogTail[^1], StringComparison.Ordinal);
        Assert.Contains("The file is empty.", _host.OutputLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(_host.OutputLines, line => line.Contains(EnvironmentNames.Bucket, StringComparison.Ordinal));
    }
}
