using System.Text;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Reporting;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Sdk;

public sealed class CrashNoteTests
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryWorkerRecords _records = new();
    private readonly LaunchId _launch = new(RunId.From("job", "one"), 1);

    [Fact]
    public async Task Death_leaves_its_exception_and_the_last_log_lines_in_the_record()
    {
        await _records.ClaimAsync(_launch, "task", _clock.GetUtcNow(), CancellationToken.None);
        var secrets = Secrets.Read(name => name == "JOBS_SECRETS" ? "TOKEN" : "hunter22");
        using var output = new MemoryStream();
        using var log = new JobLog(output, secrets, _clock);
        log.CreateLogger("job").Log(
            Microsoft.Extensions.Logging.LogLevel.Information, default, "row 7", null, (line, _) => line);
        var labels = new RunLabels(secrets.Without);
        using var note = new CrashNote(
            new WorkerSettings("job", _launch, null), _records, log, labels, secrets, _clock);
        labels.Add("team", "billing");

        await note.NoteAsync(Thrown(), 134);
        await note.NoteAsync(new InvalidOperationException("the exit that follows"), 0);

        var record = _records.Find(_launch.Run)!;
        Assert.Equal(
            ("System.IO.IOException", "disk full ***", true),
            (record.Error!.Type, record.Error.Message, record.Error.Retryable));
        Assert.Equal(134, record.ExitCode);
        Assert.Equal(["team=billing"], record.Labels);
        Assert.Contains(nameof(Thrown), record.Error.Stack, StringComparison.Ordinal);
        Assert.EndsWith("row 7", Assert.Single(record.LogTail), StringComparison.Ordinal);
        Assert.Contains("row 7", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Death_waits_no_longer_than_its_patience_for_a_record_that_cannot_be_written()
    {
        var never = new FlakyRecords(_records) { Fault = _ => new HttpRequestException("DynamoDB is away.") };
        using var log = new JobLog(Stream.Null, Secrets.Read(_ => null), _clock);
        using var note = new CrashNote(
            new WorkerSettings("job", _launch, null), never, log, new RunLabels(text => text), Secrets.Read(_ => null),
            _clock);

        await note.NoteAsync(new IOException("disk full"), 134);

        Assert.Equal(1, never.Failures);
    }

    private static IOException Thrown()
    {
        try
        {
            throw new IOException("disk full hunter22");
        }
        catch (IOException e)
        {
            return e;
        }
    }
}
