using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Messages;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Functions;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnUploadTests
{
    private const string Created = "s3-object-created-putobject-versioned.json";

    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly TestPlane _plane = new(Job);
    private readonly InMemoryDeadLetters _deadLetters = new();
    private readonly TestContext _context = new();

    [Theory]
    [InlineData("composed-s3-object-created-empty-object.json", "incoming/empty.marker", null, 0)]
    [InlineData("composed-s3-object-created-key-blank-plus-parens.json", "incoming/red flower (1) + blue.jpg", null,
        184_662)]
    [InlineData("composed-s3-object-created-key-percent.json", "incoming/100%25 done/a%2Fb+c", null, 184_662)]
    [InlineData("composed-s3-object-created-key-unicode.json", "incoming/Übergröße/データ-😀.csv", null, 184_662)]
    [InlineData("composed-s3-object-created-post.json", "uploads/form-upload.bin", null, 184_662)]
    [InlineData("s3-object-created-multipart-unversioned.json", "large", null, 31_457_280)]
    [InlineData("s3-object-created-multipart-versioned.json",
        "project1/ods_external_events/partition_app=app1/partition_year=2023/partition_month=01/partition_day=15/clickstream-1-job_part00000.parquet.snappy", "a12fGHp9y0ec4Xwo6AIZnzvfPOr_mUmC", 8_912_078)]
    [InlineData("s3-object-created-putobject-audit-log.json",
        "logs/2024/02/08/c6f61bd5-f538-4ccf-86f2-f51d69b49f7d.json", "5D6Oj1YX_yc2BaDzoQhH8SkAYmRIiJpk", 447)]
    [InlineData("s3-object-created-putobject-unversioned.json", "IMG_m7fzo3.jpg", null, 184_662)]
    [InlineData(Created, "example-key", "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", 5)]
    public async Task Event_starts_one_run_of_the_object_as_it_is_named(
        string file, string key, string? version, long size)
    {
        var message = SampleEvents.UploadMessage(file);

        var first = await InvokeAsync(message);
        var again = await InvokeAsync(message, message);

        Assert.Empty(TestContext.Failures(first));
        Assert.Empty(TestContext.Failures(again));
        var run = Assert.Single(_plane.Store.All);
        var detail = SampleEvents.Read(file)["detail"]!;
        Assert.Equal(
            new Upload(detail["bucket"]!["name"]!.GetValue<string>(), key, size)
            {
                VersionId = version,
                ETag = detail["object"]!["etag"]!.GetValue<string>(),
                Sequencer = detail["object"]!["sequencer"]!.GetValue<string>(),
            },
            Upload.TryParse(run.Input));
        Assert.Equal("upload incoming/*", run.Trigger);
        Assert.Single(_plane.Tasks.All);
        Assert.Empty(_deadLetters.Sent);
    }

    [Fact]
    public async Task Key_of_1024_bytes_is_taken_whole()
    {
        var key = new string('ü', 512);

        await InvokeAsync(Changed(node => node["event"]!["detail"]!["object"]!["key"] = key));

        Assert.Equal(1_024, Encoding.UTF8.GetByteCount(key));
        Assert.Equal(key, Upload.TryParse(Assert.Single(_plane.Store.All).Input)!.Key);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("version-id")]
    [InlineData("etag")]
    public async Task Name_longer_than_s3_makes_them_goes_to_the_dead_letters(string member)
    {
        await InvokeAsync(
            Changed(node => node["event"]!["detail"]!["object"]![member] = new string('x', 300_000)));

        Assert.Empty(_plane.Store.All);
        var reason = Assert.Single(_deadLetters.Sent).Reason;
        Assert.Contains("more than 1024 bytes, which S3 does not make", reason, StringComparison.Ordinal);
        Assert.EndsWith("Send the rule's output unchanged.", reason, StringComparison.Ordinal);
        Assert.InRange(reason.Length, 100, 2_000);
    }

    [Theory]
    [InlineData("version-id", "other")]
    [InlineData("key", "other")]
    public async Task Another_version_or_key_is_another_run(string member, string value)
    {
        await InvokeAsync(
            SampleEvents.UploadMessage(Created), Changed(node => node["event"]!["detail"]!["object"]![member] = value));

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Same_content_uploaded_twice_without_versions_is_two_runs()
    {
        const string Unversioned = "s3-object-created-putobject-unversioned.json";

        await InvokeAsync(
            SampleEvents.UploadMessage(Unversioned),
            Changed(node => node["event"]!["detail"]!["object"]!["sequencer"] = "006408CAD69598B05F", Unversioned));

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Event_of_either_upload_of_one_content_may_come_again()
    {
        const string Unversioned = "s3-object-created-putobject-unversioned.json";
        var first = SampleEvents.UploadMessage(Unversioned);
        var second = Changed(
            node => node["event"]!["detail"]!["object"]!["sequencer"] = "006408CAD69598B05F", Unversioned);

        await InvokeAsync(first, second, first, second);

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Upload_without_a_version_runs_again_rather_than_never_when_a_replay_took_its_content()
    {
        var upload = new Upload("acme-raw", "in/a") { ETag = "e" };
        var request = new RunRequest(UploadIntake.Identify(Job.Name, upload), "upload", upload.ToJson());
        await _plane.Engine.SubmitAsync(request, Job, CancellationToken.None);
        var intake = new UploadIntake(new JobCatalog([Job]), _plane.Store, _plane.Engine);

        var came = upload with { Sequencer = "01" };
        var late = await intake.HandleAsync(Job.Name, "incoming/*", came, CancellationToken.None);
        var again = await intake.HandleAsync(Job.Name, "incoming/*", came, CancellationToken.None);

        Assert.Equal((true, false), (late!.Value.IsNew, again!.Value.IsNew));
        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Same_key_in_two_buckets_is_two_runs()
    {
        await InvokeAsync(
            SampleEvents.UploadMessage(Created),
            Changed(node => node["event"]!["detail"]!["bucket"]!["name"] = "acme-raw"));

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Version_of_an_object_from_before_versioning_is_not_one()
    {
        void Null(JsonNode node) => node["event"]!["detail"]!["object"]!["version-id"] = "null";

        await InvokeAsync(Changed(Null), Changed(node =>
        {
            Null(node);
            node["event"]!["detail"]!["object"]!["sequencer"] = "ff";
        }));

        Assert.Equal(2, _plane.Store.All.Count);
    }

    [Fact]
    public async Task Object_of_the_machinery_starts_nothing()
    {
        await InvokeAsync(
            Changed(node => node["event"]!["detail"]!["object"]!["key"] = "_jobs/results/line-count/x.json"));

        Assert.Empty(_plane.Store.All);
        Assert.Contains("starts nothing", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_that_was_announced_before_its_job_had_a_queue_is_a_dead_letter_with_the_remedy()
    {
        var catalog = new JobCatalog([Job with { Queue = new QueueTrigger() }]);

        await InvokeAsync(catalog, _deadLetters, SampleEvents.UploadMessage(Created));

        var (_, why) = Assert.Single(_deadLetters.Sent);
        Assert.Contains("takes its uploads from its queue", why, StringComparison.Ordinal);
        Assert.Contains("Replay the keys", why, StringComparison.Ordinal);
        Assert.Empty(_plane.Store.All);
    }

    public static TheoryData<string, string> Rejected() => new()
    {
        { "", "is not an upload rule's output" },
        { "null", "The body is null." },
        { "[]", "is not an upload rule's output" },
        { "{\"job\":", "is not an upload rule's output" },
        { "{}", "job, trigger and event" },
        { """{"job":"line-count","trigger":"x"}""", "job, trigger and event" },
        { """{"job":"line-count","trigger":"x","event":"text"}""", "is not an upload rule's output" },
        { SampleEvents.UploadMessage(Created).Replace("example-key", "\\ud800", StringComparison.Ordinal),
            "is not an upload rule's output" },
        { SampleEvents.UploadMessage(Created).Replace("\"size\":5", "\"size\":1e99", StringComparison.Ordinal),
            "is not an upload rule's output" },
        { new string('[', 500), "is not an upload rule's output" },
        { SampleEvents.UploadMessage("s3-object-deleted-minimal-object.json"), "'Object Deleted'" },
        { SampleEvents.UploadMessage("ecs-deployment-failed.json"), "'aws.ecs'" },
        { SampleEvents.UploadMessage(Created, job: "absent"),
            "job 'absent', which this stack does not have (it has: line-count)" },
        { Changed(node => node["event"]!["detail"]!["object"]!.AsObject().Remove("key")), "no detail.object.key" },
        { Changed(node => node["event"]!["detail"]!.AsObject().Remove("bucket")), "no detail.bucket.name" },
        { Changed(node => node["event"]!.AsObject().Remove("detail")), "no detail.bucket.name" },
        {
            Changed(node =>
            {
                foreach (var member in (string[])["version-id", "etag", "sequencer"])
                {
                    node["event"]!["detail"]!["object"]!.AsObject().Remove(member);
                }
            }),
            "no version id, ETag or sequencer"
        },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Message_that_can_never_succeed_goes_to_the_dead_letters_with_the_reason(
        string body, string reason)
    {
        var response = await InvokeAsync(body);

        Assert.Empty(TestContext.Failures(response));
        var (sent, why) = Assert.Single(_deadLetters.Sent);
        Assert.Equal(body, sent);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.Contains(reason, _context.Lines, StringComparison.Ordinal);
        Assert.Empty(_plane.Store.All);
    }

    [Fact]
    public async Task Failing_port_returns_only_its_message()
    {
        var creates = 0;
        _plane.Faults.Before = call =>
        {
            if (call == "CreateAsync" && Interlocked.Increment(ref creates) == 2)
            {
                throw new HttpRequestException("DynamoDB is away.");
            }
        };

        var response = await InvokeAsync(
            SampleEvents.UploadMessage(Created),
            Changed(node => node["event"]!["detail"]!["object"]!["version-id"] = "unlucky"),
            "not json",
            Changed(node => node["event"]!["detail"]!["object"]!["version-id"] = "lucky"));

        Assert.Equal(["m1"], TestContext.Failures(response));
        Assert.Equal(2, _plane.Store.All.Count);
        Assert.Single(_deadLetters.Sent);
        Assert.Contains("DynamoDB is away.", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Burst_beyond_the_launch_rate_is_written_down_and_dispatched_by_the_same_invocation()
    {
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        var invoking = InvokeAsync(
            Enumerable.Range(0, 10).Select(
                i => Changed(node => node["event"]!["detail"]!["object"]!["version-id"] = $"v{i}")));
        while (!invoking.IsCompleted)
        {
            // One is the invocation's own deadline.
            if (_plane.Clock.ArmedTimers > 1) _plane.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Empty(TestContext.Failures(await invoking));
        Assert.Equal(10, _plane.Tasks.All.Select(task => task.Launch.Id.Run).Distinct().Count());
        Assert.Equal(11, _plane.Tasks.Calls.Count(call => call == "LaunchAsync"));
        Assert.Contains("Launched 10 runs that waited.", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispatching_that_fails_returns_no_message()
    {
        _plane.Tasks.RefuseNext(RefusalVerdicts.Classify("ThrottlingException", "Rate exceeded"));
        _plane.Faults.Before = call =>
            { if (call == "WaitingAsync") throw new HttpRequestException("DynamoDB is away."); };

        Assert.Empty(TestContext.Failures(await InvokeAsync(SampleEvents.UploadMessage(Created))));

        Assert.Contains("Dispatching ended early", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Priority_of_the_trigger_is_the_runs()
    {
        var urgent = Job with { Uploads = [new UploadTrigger("slow/"), new UploadTrigger("urgent/") { Priority = 7 }] };
        var intake = new UploadIntake(new JobCatalog([urgent]), _plane.Store, _plane.Engine);

        foreach (var trigger in urgent.Uploads)
        {
            await intake.HandleAsync(
                urgent.Name,
                trigger.Name,
                new Upload("inbox", $"{trigger.Prefix}a") { VersionId = "1" },
                CancellationToken.None);
        }

        Assert.Equal(
            [("upload slow/*", 0), ("upload urgent/*", 7)],
            _plane.Store.All.Select(run => (run.Trigger, run.Priority)).Order());
    }

    [Theory]
    [InlineData("in/*.parquet", "in/a.PARQUET", true)]
    [InlineData("in/*.parquet", "out/a.parquet", false)]
    [InlineData("in/*.parquet", "in/a.csv", false)]
    [InlineData("in/*.gone", "in/a.GONE", true)]
    [InlineData("in/*.gone", "in/a.csv", false)]
    [InlineData("no name of ours", "in/a.csv", true)]
    public async Task What_a_rule_finds_beyond_its_trigger_starts_nothing(string trigger, string key, bool starts)
    {
        var job = Job with { Uploads = [new UploadTrigger("in/", ".parquet")] };
        var intake = new UploadIntake(new JobCatalog([job]), _plane.Store, _plane.Engine);

        var started = await intake.HandleAsync(
            job.Name, trigger, new Upload("inbox", key) { VersionId = "1" }, CancellationToken.None);

        Assert.Equal((starts, starts ? 1 : 0), (started is not null, _plane.Store.All.Count));
    }

    [Fact]
    public async Task Failing_dead_letter_queue_returns_only_its_message()
    {
        var response = await InvokeAsync(new BrokenDeadLetters(), "not json", SampleEvents.UploadMessage(Created));

        Assert.Equal(["m0"], TestContext.Failures(response));
        Assert.Single(_plane.Store.All);
    }

    private static string Changed(Action<JsonNode> change, string file = Created)
    {
        var node = JsonNode.Parse(SampleEvents.UploadMessage(file))!;
        change(node);
        return node.ToJsonString();
    }

    private Task<SQSBatchResponse> InvokeAsync(params IEnumerable<string> bodies) => InvokeAsync(_deadLetters, bodies);

    private Task<SQSBatchResponse> InvokeAsync(IDeadLetters deadLetters, params IEnumerable<string> bodies) =>
        InvokeAsync(new JobCatalog([Job]), deadLetters, bodies);

    private Task<SQSBatchResponse> InvokeAsync(
        JobCatalog catalog, IDeadLetters deadLetters, params IEnumerable<string> bodies)
    {
        var function = new OnUploadFunction(
            new Inbox(deadLetters, _plane.Clock),
            new UploadIntake(catalog, _plane.Store, _plane.Engine),
            _plane.Engine,
            _plane.Dispatcher,
            _plane.Clock);
        return function.OnUpload(TestContext.Batch(bodies), _context);
    }

    private sealed class BrokenDeadLetters : IDeadLetters
    {
        public Task SendAsync(string body, string reason, string? senders, CancellationToken cancellation) =>
            throw new HttpRequestException("SQS is away.");
    }
}
