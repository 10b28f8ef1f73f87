using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Triggers;
using Jobs.Sdk.Messages;
using Jobs.Tests.Unit.Functions;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>The worker's process of a job whose tasks take many uploads each.</summary>
public sealed class UploadQueueTests : IDisposable
{
    private const string Texts = "incoming/*.txt";

    private readonly QueueHostScenario _host = new(job: "counted-uploads");
    private readonly ConcurrentQueue<Upload> _handled = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("s3-object-created-putobject-versioned.json")]
    [InlineData("s3-object-created-putobject-unversioned.json")]
    public async Task Event_of_S3_becomes_the_upload_as_a_run_would_have_it(string file)
    {
        var body = SampleEvents.UploadMessage(file, "counted-uploads");
        _host.Queue.Send(body);

        Assert.Equal(WorkerExitCodes.Succeeded, await DrainAsync());

        Assert.Equal(UploadMessage.Read(body).ToUpload(), Assert.Single(_handled));
    }

    [Fact]
    public async Task Each_version_is_handled_once_however_often_its_event_comes()
    {
        foreach (var version in (string[])["1", "2", "1", "1"]) Send("incoming/a.txt", version);
        Send("incoming/b.txt", "1");
        // Two triggers, and so two rules, may find the same object.
        Send("incoming/b.txt", "1", trigger: "late/*");

        await DrainAsync();

        Assert.Equal(
            ["incoming/a.txt 1", "incoming/a.txt 2", "incoming/b.txt 1"],
            _handled.Select(upload => $"{upload.Key} {upload.VersionId}").Order(StringComparer.Ordinal));
        Assert.Equal((3, 3, 0), (Summary.Handled, Summary.Skipped, _host.Queue.Count));
        Assert.Contains(_host.Lines, line => Text(line).Contains("was announced once more", StringComparison.Ordinal));
        Assert.Equal("3 handled, 0 returned, 0 dead-lettered, 3 skipped", _host.Record!.Progress!.Message);
    }

    [Fact]
    public async Task Content_that_is_uploaded_again_to_a_bucket_without_versions_is_another_upload()
    {
        foreach (var sequencer in (string[])["0A", "0B", "0A"]) Send("incoming/a.txt", null, sequencer);

        await DrainAsync();

        Assert.Equal(["0A", "0B"], _handled.Select(upload => upload.Sequencer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Repetition_while_the_first_is_in_hand_is_skipped()
    {
        var gate = new TaskCompletionSource();
        Send("incoming/a.txt", "1");
        Send("incoming/a.txt", "1");
        var running = _host.RunAsync((Upload upload) =>
        {
            _handled.Enqueue(upload);
            return gate.Task;
        });
        await Eventually.TrueAsync(() => _host.Queue.Count == 1);

        gate.SetResult();

        Assert.Equal(WorkerExitCodes.Succeeded, await _host.EndAsync(running));
        Assert.Single(_handled);
    }

    [Fact]
    public async Task Upload_that_failed_is_handled_when_it_comes_again()
    {
        Send("incoming/a.txt", "1");

        await DrainAsync(() => _handled.Count == 1 ? throw new IOException("away") : Task.CompletedTask);

        Assert.Equal(2, _handled.Count);
        Assert.Equal((1, 1, 0), (Summary.Handled, Summary.Returned, Summary.Skipped));
    }

    [Fact]
    public async Task Upload_whose_last_receive_failed_is_a_dead_letter_as_the_rule_sent_it()
    {
        Send("incoming/a.txt", "1");
        var body = Message("incoming/a.txt", "1").ToJson();

        await DrainAsync(() => throw new IOException("away"));

        var letter = Assert.Single(_host.Queue.DeadLetters);
        Assert.Equal((body, "away"), (letter.Body, letter.Attributes["reason"].Text));
    }

    [Theory]
    [InlineData("incoming/a.csv", Texts)]
    [InlineData("incoming/a.csv", "incoming/*.txt2")]
    [InlineData("_jobs/results/a.txt", "late/*")]
    public async Task Object_that_only_its_rule_has_found_is_skipped_and_deleted(string key, string trigger)
    {
        Send(key, "1", trigger: trigger);

        Assert.Equal(WorkerExitCodes.Succeeded, await DrainAsync());

        Assert.Empty(_handled);
        Assert.Equal((0, 1, 0), (Summary.Handled, Summary.Skipped, _host.Queue.Count));
        Assert.Contains(_host.Lines, line => Text(line).Contains("is not for this job", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suffix_is_matched_whatever_its_case()
    {
        Send("incoming/A.TXT", "1");

        await DrainAsync();

        Assert.Equal("incoming/A.TXT", Assert.Single(_handled).Key);
    }

    [Fact]
    public async Task Replay_by_force_is_handled_although_the_task_remembers_the_upload()
    {
        Send("incoming/a.txt", "1");
        _host.Queue.Send(Message("incoming/a.txt", "1").ToJson());
        foreach (var _ in (int[])[1, 2])
        {
            _host.Queue.Send((Message("incoming/a.txt", "1") with { Replay = "again" }).ToJson());
        }

        await DrainAsync();

        Assert.Equal(2, _handled.Count);
    }

    [Theory]
    [InlineData("this is not JSON", "The message is not an upload rule's output: ")]
    [InlineData("null", "The message is not an upload rule's output: The body is null.")]
    [InlineData("""{"bucket":"b","key":"incoming/a.txt"}""",
        "The message is not an upload: it must have the members job, trigger and event.")]
    public async Task Message_that_is_no_upload_is_a_dead_letter_at_once(string body, string reason)
    {
        _host.Queue.Send(body);

        await DrainAsync();

        var letter = Assert.Single(_host.Queue.DeadLetters);
        Assert.Equal("1", letter.Attributes["jobs.receives"].Text);
        Assert.StartsWith(reason, letter.Attributes["reason"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_bounded_and_forgets_the_oldest()
    {
        var memory = new HandledMessages(most: 2);
        foreach (var identity in (string[])["a", "b", "c"])
        {
            Assert.True(memory.TryBegin(identity));
            memory.Remember(identity);
        }

        Assert.Equal((false, false, true), (memory.TryBegin("c"), memory.TryBegin("b"), memory.TryBegin("a")));
    }

    private DrainSummary Summary =>
        JsonSerializer.Deserialize<DrainSummary>(_host.Record!.ResultJson!, JsonSerializerOptions.Web)!;

    private static string Text(JsonElement line) => line.GetProperty("message").GetString()!;

    private static UploadMessage Message(
        string key, string? version, string sequencer = "0A", string trigger = Texts) => UploadMessage.Of(
            "counted-uploads",
            trigger,
            new Upload("b", key, 5) { VersionId = version, ETag = "e", Sequencer = sequencer });

    private void Send(string key, string? version, string sequencer = "0A", string trigger = Texts) =>
        _host.Queue.Send(Message(key, version, sequencer, trigger).ToJson());

    private Task<int> DrainAsync(Func<Task>? then = null) => _host.EndAsync(_host.RunAsync((Upload upload) =>
    {
        _handled.Enqueue(upload);
        return then?.Invoke() ?? Task.CompletedTask;
    }));
}
